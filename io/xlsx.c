#include "io/xlsx.h"

#include "io/field.h"
#include "io/xml.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>
#include <string.h>

/* More than any honest workbook has; both are looked through again and again. */
#define SHEETS_MOST 1000
#define OWN_FORMATS_MOST 10000

/* One relation of a part to others: what is looked for, and what was found. */
typedef struct relation {
    const char *type; /* end of the type's name, "/styles"; NULL: any */
    const char *id;   /* NULL: any */
    const char *folder;
    pulang_arena *arena;
    const char *part; /* NULL: none found */
} relation;

/* The state while one of the parts is read. */
typedef struct part_reading {
    pulang_xlsx *workbook;
    const char *workbook_part;
    pulang_xlsx_text text;
    struct {
        long id;
        pulang_number_format format;
    } * own; /* number formats of this workbook */
    size_t n_own, own_room;
    bool in_cell_formats;
} part_reading;

static pulang_status refuse(pulang_findings *findings, const char *name, const char *message,
                            const char *mend) {
    pulang_field field = pulang_field_line(name, 0);
    pulang_field_report(findings, PULANG_FAULT, &field, mend, "%s", message);
    return PULANG_ERROR_INPUT;
}

pulang_status pulang_xlsx_refuse(pulang_findings *findings, const char *name, pulang_status status) {
    if (status == PULANG_ERROR_LIMIT)
        return refuse(findings, name, _("the workbook is too large when unpacked"),
                      _("keep only the tables in it, or save them as CSV"));
    if (status == PULANG_ERROR_INPUT)
        return refuse(findings, name, _("the workbook is damaged"),
                      _("open it in Excel or LibreOffice and save it anew as .xlsx"));
    return status;
}

/* ---- parts and their relations (ECMA-376 part 2) ---- */

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), own = strlen(end);
    return length >= own && strcmp(text + length - own, end) == 0;
}

/* The folder of a part with its slash: "xl/" of "xl/workbook.xml". */
static const char *folder_of(pulang_arena *arena, const char *part) {
    const char *slash = strrchr(part, '/');
    return pulang_arena_copy(arena, part, slash ? (size_t)(slash - part) + 1 : 0);
}

/* A target as seen from a folder; it may be absolute, or begin with "../". */
static const char *resolve(pulang_arena *arena, const char *folder, const char *target) {
    if (*target == '/')
        return pulang_arena_copy(arena, target + 1, strlen(target + 1));
    size_t length = strlen(folder);
    while (strncmp(target, "../", 3) == 0 && length > 0) {
        target += 3;
        for (length--; length > 0 && folder[length - 1] != '/';)
            length--;
    }
    return pulang_arena_printf(arena, "%.*s%s", (int)length, folder, target);
}

static pulang_status on_relation(void *user, const char *name, const char *const *attributes) {
    relation *wanted = user;
    const char *type = pulang_xml_attribute(attributes, "Type");
    const char *target = pulang_xml_attribute(attributes, "Target");
    const char *id = pulang_xml_attribute(attributes, "Id");
    if (wanted->part || strcmp(name, "Relationship") != 0 || !type || !target || !id)
        return PULANG_OK;
    if ((wanted->type && !ends_with(type, wanted->type)) || (wanted->id && strcmp(id, wanted->id) != 0))
        return PULANG_OK;
    wanted->part = resolve(wanted->arena, wanted->folder, target);
    return wanted->part ? PULANG_OK : PULANG_ERROR_MEMORY;
}

/* The part that `of` is related to ("": the workbook file itself); *part NULL: none. */
static pulang_status find_part(const pulang_xlsx *workbook, const char *of, const char *type, const char *id,
                               const char **part) {
    pulang_arena *arena = workbook->arena;
    const char *folder = folder_of(arena, of);
    const char *relations =
        folder ? pulang_arena_printf(arena, "%s_rels/%s.rels", folder, of + strlen(folder)) : NULL;
    if (!relations)
        return PULANG_ERROR_MEMORY;
    relation wanted = {type, id, folder, arena, NULL};
    pulang_xml_handler handler = {.start = on_relation, .user = &wanted};
    pulang_status status = pulang_xml_read(workbook->archive, relations, &handler);
    *part = wanted.part;
    return status;
}

/* ---- the list of sheets ---- */

static pulang_status add_sheet(part_reading *r, const char *const *attributes) {
    pulang_xlsx *workbook = r->workbook;
    const char *name = pulang_xml_attribute(attributes, "name");
    const char *id = pulang_xml_attribute(attributes, "id"),
               *state = pulang_xml_attribute(attributes, "state");
    void *sheets = workbook->sheets;
    if (!name || !id || workbook->n_sheets == SHEETS_MOST)
        return PULANG_ERROR_INPUT;
    if (pulang_grow(&sheets, &workbook->sheets_room, (size_t)workbook->n_sheets + 1,
                    sizeof *workbook->sheets))
        return PULANG_ERROR_MEMORY;
    workbook->sheets = sheets;
    pulang_xlsx_sheet *sheet = &workbook->sheets[workbook->n_sheets++];
    *sheet = (pulang_xlsx_sheet){pulang_arena_copy(workbook->arena, name, strlen(name)), NULL,
                                 state && strcmp(state, "visible") != 0};
    /* Its part is looked up by the id when the list is complete. */
    sheet->part = pulang_arena_copy(workbook->arena, id, strlen(id));
    return sheet->name && sheet->part ? PULANG_OK : PULANG_ERROR_MEMORY;
}

static pulang_status on_workbook(void *user, const char *name, const char *const *attributes) {
    part_reading *r = user;
    if (strcmp(name, "sheet") == 0)
        return add_sheet(r, attributes);
    if (strcmp(name, "workbookPr") == 0) {
        const char *from_1904 = pulang_xml_attribute(attributes, "date1904");
        r->workbook->from_1904 = from_1904 && (strcmp(from_1904, "1") == 0 || strcmp(from_1904, "true") == 0);
    }
    return PULANG_OK;
}

static pulang_status read_sheets(part_reading *r) {
    pulang_xlsx *workbook = r->workbook;
    pulang_xml_handler handler = {.start = on_workbook, .user = r};
    pulang_status status = pulang_xml_read(workbook->archive, r->workbook_part, &handler);
    for (int i = 0; status == PULANG_OK && i < workbook->n_sheets; i++) {
        const char *part = NULL;
        status = find_part(workbook, r->workbook_part, NULL, workbook->sheets[i].part, &part);
        workbook->sheets[i].part = part;
        if (status == PULANG_OK && !part)
            status = PULANG_ERROR_INPUT;
    }
    return status;
}

/* ---- shared texts ---- */

static pulang_status on_string_start(void *user, const char *name, const char *const *attributes) {
    (void)attributes;
    pulang_xlsx_text_start(&((part_reading *)user)->text, name);
    return PULANG_OK;
}

static pulang_status on_string_text(void *user, const char *bytes, size_t length) {
    part_reading *r = user;
    return r->text.in_text ? pulang_xlsx_text_add(&r->text, bytes, length) : PULANG_OK;
}

static pulang_status on_string_end(void *user, const char *name) {
    part_reading *r = user;
    pulang_xlsx *workbook = r->workbook;
    pulang_xlsx_text_end(&r->text, name);
    if (strcmp(name, "si") != 0)
        return PULANG_OK;
    void *strings = workbook->strings;
    const char *text = pulang_xlsx_text_take(&r->text, workbook->arena);
    if (!text ||
        pulang_grow(&strings, &workbook->strings_room, workbook->n_strings + 1, sizeof *workbook->strings))
        return PULANG_ERROR_MEMORY;
    workbook->strings = strings;
    workbook->strings[workbook->n_strings++] = text;
    return PULANG_OK;
}

/* ---- cell styles, of which only the number format counts ---- */

static pulang_status add_own_format(part_reading *r, const char *const *attributes) {
    const char *id = pulang_xml_attribute(attributes, "numFmtId");
    const char *code = pulang_xml_attribute(attributes, "formatCode");
    void *own = r->own;
    if (!id || !code)
        return PULANG_OK;
    if (r->n_own == OWN_FORMATS_MOST)
        return PULANG_ERROR_INPUT;
    if (pulang_grow(&own, &r->own_room, r->n_own + 1, sizeof *r->own))
        return PULANG_ERROR_MEMORY;
    r->own = own;
    r->own[r->n_own].id = strtol(id, NULL, 10);
    r->own[r->n_own++].format = pulang_number_format_parse(code);
    return PULANG_OK;
}

static pulang_status add_cell_format(part_reading *r, const char *const *attributes) {
    pulang_xlsx *workbook = r->workbook;
    const char *text = pulang_xml_attribute(attributes, "numFmtId");
    long id = text ? strtol(text, NULL, 10) : 0;
    void *formats = workbook->formats;
    if (pulang_grow(&formats, &workbook->formats_room, workbook->n_formats + 1, sizeof *workbook->formats))
        return PULANG_ERROR_MEMORY;
    workbook->formats = formats;
    pulang_number_format format = pulang_number_format_builtin(id);
    for (size_t i = 0; i < r->n_own; i++)
        if (r->own[i].id == id)
            format = r->own[i].format;
    workbook->formats[workbook->n_formats++] = format;
    return PULANG_OK;
}

static pulang_status on_style_start(void *user, const char *name, const char *const *attributes) {
    part_reading *r = user;
    if (strcmp(name, "numFmt") == 0)
        return add_own_format(r, attributes);
    if (strcmp(name, "cellXfs") == 0)
        r->in_cell_formats = true;
    else if (r->in_cell_formats && strcmp(name, "xf") == 0)
        return add_cell_format(r, attributes);
    return PULANG_OK;
}

static pulang_status on_style_end(void *user, const char *name) {
    part_reading *r = user;
    if (strcmp(name, "cellXfs") == 0)
        r->in_cell_formats = false;
    return PULANG_OK;
}

/* ---- the workbook ---- */

/* Reads a part of the workbook that need not be there. */
static pulang_status read_optional(part_reading *r, const char *type, const pulang_xml_handler *handler) {
    const char *part = NULL;
    pulang_status status = find_part(r->workbook, r->workbook_part, type, NULL, &part);
    return status != PULANG_OK || !part ? status : pulang_xml_read(r->workbook->archive, part, handler);
}

static pulang_status read_parts(pulang_xlsx *workbook) {
    part_reading r = {.workbook = workbook};
    pulang_status status = find_part(workbook, "", "/officeDocument", NULL, &r.workbook_part);
    if (status == PULANG_OK && !r.workbook_part)
        status = PULANG_ERROR_INPUT;
    if (status == PULANG_OK)
        status = read_sheets(&r);
    pulang_xml_handler strings = {on_string_start, on_string_end, on_string_text, &r};
    if (status == PULANG_OK)
        status = read_optional(&r, "/sharedStrings", &strings);
    pulang_xml_handler styles = {on_style_start, on_style_end, NULL, &r};
    if (status == PULANG_OK)
        status = read_optional(&r, "/styles", &styles);
    pulang_free(r.text.bytes);
    pulang_free(r.own);
    return status;
}

/* Old .xls files and workbooks with a password are compound files; the latter have a stream of this name. */
static pulang_status check_compound(const pulang_text *file, const char *name, pulang_findings *findings) {
    static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    if (file->length < 8 || memcmp(file->bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) != 0)
        return PULANG_OK;
    if (memmem(file->bytes, file->length, stream, sizeof stream))
        return refuse(findings, name, _("the workbook is protected by a password"),
                      _("save it without one (File, Info, Protect Workbook)"));
    return refuse(findings, name, _("this is a workbook of the old format (.xls)"),
                  _("save it as \"Excel Workbook (.xlsx)\""));
}

static pulang_status check_kind(pulang_archive *archive, const char *name, pulang_findings *findings) {
    if (pulang_archive_has(archive, "_rels/.rels") && !pulang_archive_has(archive, "xl/workbook.bin"))
        return PULANG_OK;
    return refuse(findings, name, _("this is not an Excel workbook (.xlsx)"),
                  _("save it as \"Excel Workbook (.xlsx)\""));
}

static pulang_status open_file(const char *path, pulang_xlsx *workbook, pulang_findings *findings) {
    const char *name = workbook->name;
    pulang_status status = pulang_text_load(path, name, findings, &workbook->file);
    if (status == PULANG_OK)
        status = check_compound(&workbook->file, name, findings);
    if (status != PULANG_OK)
        return status;
    status = pulang_archive_open(workbook->file.bytes, workbook->file.length, &workbook->archive);
    if (status == PULANG_ERROR_INPUT)
        return refuse(findings, name, _("this is not a whole Excel workbook (.xlsx)"),
                      _("open it in Excel or LibreOffice and save it anew as .xlsx"));
    if (status == PULANG_OK)
        status = check_kind(workbook->archive, name, findings);
    return status == PULANG_OK ? pulang_xlsx_refuse(findings, name, read_parts(workbook)) : status;
}

pulang_status pulang_xlsx_open(const char *path, const char *name, pulang_arena *arena,
                               pulang_findings *findings, pulang_xlsx *workbook) {
    pulang_xlsx opened = {.name = name, .arena = arena};
    pulang_status status = open_file(path, &opened, findings);
    if (status == PULANG_OK)
        *workbook = opened;
    else
        pulang_xlsx_close(&opened);
    return status;
}

void pulang_xlsx_close(pulang_xlsx *workbook) {
    pulang_archive_free(workbook->archive);
    pulang_text_free(&workbook->file);
    pulang_free(workbook->sheets);
    pulang_free(workbook->strings);
    pulang_free(workbook->formats);
    *workbook = (pulang_xlsx){0};
}
