#include "io/workbook.h"

#include "io/zip.h"
#include "model/alloc.h"
#include "model/error.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { CELL_CHARACTERS = 32767, SHEET_NAME = 32, PATH_SIZE = 40, DECIMALS = 10, A4 = 9, SCALE = 95 };

/* Of the same widths as Liberation Sans, which stands in for it where there is none. */
#define FONT "Arial"
#define FONT_SIZE 10
#define TITLE_SIZE 12 /* of charts */
#define BAR_GAP 60    /* between the bars of two categories, percent of a bar */

struct pulang_workbook {
    int file; /* in memory: the library writes to a path only */
    char path[PATH_SIZE];
    lxw_workbook *book;
    lxw_format *styles[PULANG_N_STYLES];
    lxw_format *numbers[DECIMALS], *percents[DECIMALS];
    lxw_format *warning;
    lxw_worksheet *sheet; /* being written */
    char name[SHEET_NAME];
    lxw_row_t row;
    lxw_col_t column;
    lxw_row_t breaks[PULANG_SHEET_BREAKS + 1];
    int n_breaks;
    char *text; /* a cell made fit for Excel */
    size_t capacity;
    lxw_error error; /* the first */
    bool memory;     /* was out */
};

static void note(pulang_workbook *workbook, lxw_error error) {
    if (workbook->error == LXW_NO_ERROR)
        workbook->error = error;
}

static void set_font(lxw_format *format) {
    format_set_font_name(format, FONT);
    format_set_font_size(format, FONT_SIZE);
}

static lxw_format *make_format(lxw_workbook *book) {
    lxw_format *format = workbook_add_format(book);
    if (!format)
        return NULL;
    set_font(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

static lxw_format *make_style(lxw_workbook *book, pulang_style style) {
    lxw_format *format = make_format(book);
    if (!format)
        return NULL;
    bool heading = style == PULANG_STYLE_HEADING || style == PULANG_STYLE_HEADING_RIGHT ||
                   style == PULANG_STYLE_PRINTED_HEADING;
    bool printed = style >= PULANG_STYLE_PRINTED;
    if (style == PULANG_STYLE_TITLE || style == PULANG_STYLE_BOLD || style == PULANG_STYLE_PRINTED_GROUP ||
        heading)
        format_set_bold(format);
    if (style == PULANG_STYLE_TITLE)
        format_set_font_size(format, 16);
    if (style == PULANG_STYLE_TEXT || printed)
        format_set_num_format_index(format, 49); /* text: what is typed in stays text too */
    if (heading || style == PULANG_STYLE_WRAPPED || printed)
        format_set_text_wrap(format);
    if (printed)
        format_set_border(format, LXW_BORDER_THIN);
    if (style == PULANG_STYLE_PRINTED || style == PULANG_STYLE_PRINTED_GROUP)
        format_set_indent(format, 1);
    if (heading) {
        format_set_bg_color(format, 0xD9E2F0);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    }
    if (style == PULANG_STYLE_HEADING_RIGHT)
        format_set_align(format, LXW_ALIGN_RIGHT);
    if (style == PULANG_STYLE_PRINTED_GROUP)
        format_set_bg_color(format, 0xEEEEEE);
    if (style == PULANG_STYLE_PRINTED_CENTRE || style == PULANG_STYLE_PRINTED_HEADING)
        format_set_align(format, LXW_ALIGN_CENTER);
    return format;
}

static lxw_format *make_number(lxw_workbook *book, int decimals, const char *unit) {
    char text[32];
    lxw_format *format = make_format(book);
    if (!format)
        return NULL;
    snprintf(text, sizeof text, "#,##0%.*s%s_0", decimals > 0 ? decimals + 1 : 0, ".000000000", unit);
    format_set_num_format(format, text);
    return format;
}

static bool make_formats(pulang_workbook *workbook) {
    bool made = true;
    set_font(STAILQ_FIRST(workbook->book->formats)); /* of cells without a style: the unit of widths */
    for (int i = 0; i < PULANG_N_STYLES; i++)
        made = (workbook->styles[i] = make_style(workbook->book, (pulang_style)i)) && made;
    for (int i = 0; i < DECIMALS; i++) {
        made = (workbook->numbers[i] = make_number(workbook->book, i, "")) && made;
        made = (workbook->percents[i] = make_number(workbook->book, i, "%")) && made;
    }
    workbook->warning = workbook_add_format(workbook->book);
    if (!made || !workbook->warning)
        return false;
    format_set_font_color(workbook->warning, 0x9C0006);
    format_set_bg_color(workbook->warning, 0xFFC7CE);
    return true;
}

pulang_workbook *pulang_workbook_new(const char *title) {
    /* Rows go to a temporary file as they come: memory does not grow with them. */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties properties = {.title = (char *)(uintptr_t)title,
                                     .created = 315532800}; /* 1980, as in the archive: the same bytes */
    pulang_workbook *workbook = pulang_alloc(1, sizeof *workbook);
    if (!workbook)
        return NULL;
    workbook->file = memfd_create("workbook", MFD_CLOEXEC);
    snprintf(workbook->path, sizeof workbook->path, "/proc/self/fd/%d", workbook->file);
    workbook->book = workbook->file >= 0 ? workbook_new_opt(workbook->path, &options) : NULL;
    if (!workbook->book || !make_formats(workbook)) {
        pulang_workbook_free(workbook);
        return NULL;
    }
    note(workbook, workbook_set_properties(workbook->book, &properties));
    return workbook;
}

void pulang_workbook_free(pulang_workbook *workbook) {
    if (!workbook)
        return;
    lxw_workbook_free(workbook->book);
    if (workbook->file >= 0)
        close(workbook->file);
    pulang_free(workbook->text);
    pulang_free(workbook);
}

/* ---- cells ---- */

/* How many bytes of text say in Excel's way that a character follows by its number: _x0041_. */
static bool escaped(const char *text) {
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") == 4 &&
           text[6] == '_';
}

static bool forbidden(const char *text) {
    unsigned char c = (unsigned char)*text;
    return (c < 0x20 && c != '\n' && c != '\t') || strncmp(text, "\xEF\xBF\xBE", 3) == 0 ||
           strncmp(text, "\xEF\xBF\xBF", 3) == 0;
}

/* Bytes of the character that begins here. */
static size_t utf8_length(const char *text) {
    unsigned char c = (unsigned char)*text;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Whether the text ends within a character: it was cut by its bytes. */
static bool ends_within(const char *text, size_t length) {
    size_t back = 1;
    while (back < length && back < 4 && (text[length - back] & 0xC0) == 0x80)
        back++;
    return length > 0 && utf8_length(text + length - back) > back;
}

/* Whether a cell can hold the text as it is. */
static bool fit(const char *text) {
    const char *c = text;
    for (; *c; c++)
        if (forbidden(c) || escaped(c))
            return false;
    return c - text <= CELL_CHARACTERS && !ends_within(text, (size_t)(c - text));
}

/* The text as a cell can hold it; NULL: out of memory. Characters beyond the first plane count twice. */
static const char *make_fit(pulang_workbook *workbook, const char *text) {
    static const char underscore[] = "_x005F_";
    size_t length = 0;
    int characters = 0;
    /* At the most every eighth byte becomes seven. */
    if (pulang_grow((void **)&workbook->text, &workbook->capacity, 2 * strlen(text) + 1, 1))
        return NULL;
    while (*text) {
        size_t step = utf8_length(text), put = step;
        const char *from = text;
        if (strnlen(text, step) < step)
            break;
        if (escaped(text)) {
            from = underscore;
            put = sizeof underscore - 1;
        } else if (forbidden(text)) {
            from = " ";
            put = 1;
        }
        characters += put == 4 ? 2 : put > 4 ? (int)put : 1;
        if (characters > CELL_CHARACTERS)
            break;
        memcpy(workbook->text + length, from, put);
        length += put;
        text += step;
    }
    workbook->text[length] = '\0';
    return workbook->text;
}

static void end_sheet(pulang_workbook *workbook) {
    if (workbook->sheet && workbook->n_breaks > 0)
        note(workbook, worksheet_set_h_pagebreaks(workbook->sheet, workbook->breaks));
}

void pulang_sheet_begin(pulang_workbook *workbook, const char *name) {
    end_sheet(workbook);
    snprintf(workbook->name, sizeof workbook->name, "%s", name);
    workbook->sheet = workbook_add_worksheet(workbook->book, workbook->name);
    workbook->row = 0;
    workbook->column = 0;
    workbook->n_breaks = 0;
    if (!workbook->sheet) {
        workbook->memory = true;
        return;
    }
    /* Numbers that are text on purpose: no green triangles. */
    note(workbook,
         worksheet_ignore_errors(workbook->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}

int pulang_sheet_row(const pulang_workbook *workbook) {
    return (int)workbook->row;
}

bool pulang_sheet_fits(const pulang_workbook *workbook, int rows) {
    return workbook->row + (lxw_row_t)rows <= LXW_ROW_MAX;
}

/* Whether the next cell is one. */
static bool within(const pulang_workbook *workbook) {
    return workbook->sheet && workbook->row < LXW_ROW_MAX && workbook->column < LXW_COL_MAX;
}

/* NULL: nothing is to be written. */
static const char *cell_text(pulang_workbook *workbook, const char *text) {
    if (!within(workbook))
        return NULL;
    if (!fit(text))
        text = make_fit(workbook, text);
    workbook->memory = workbook->memory || !text;
    return text;
}

void pulang_sheet_text(pulang_workbook *workbook, pulang_style style, const char *text) {
    const char *cell = cell_text(workbook, text);
    if (cell)
        note(workbook, worksheet_write_string(workbook->sheet, workbook->row, workbook->column, cell,
                                              workbook->styles[style]));
    workbook->column++;
}

static void write_number(pulang_workbook *workbook, double value, lxw_format *format) {
    if (within(workbook))
        note(workbook,
             worksheet_write_number(workbook->sheet, workbook->row, workbook->column, value, format));
    workbook->column++;
}

void pulang_sheet_number(pulang_workbook *workbook, int64_t value, int decimals) {
    double scale = 1;
    assert(decimals >= 0 && decimals < DECIMALS);
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    write_number(workbook, (double)value / scale, workbook->numbers[decimals]);
}

void pulang_sheet_real(pulang_workbook *workbook, double value, int decimals) {
    assert(decimals >= 0 && decimals < DECIMALS);
    write_number(workbook, value, workbook->numbers[decimals]);
}

void pulang_sheet_percent(pulang_workbook *workbook, double value, int decimals) {
    assert(decimals >= 0 && decimals < DECIMALS);
    write_number(workbook, value, workbook->percents[decimals]);
}

void pulang_sheet_blank(pulang_workbook *workbook, int n) {
    workbook->column = (lxw_col_t)(workbook->column + n);
}

void pulang_sheet_merged(pulang_workbook *workbook, pulang_style style, int n, const char *text) {
    const char *cell = cell_text(workbook, text);
    lxw_col_t last = (lxw_col_t)(workbook->column + n - 1);
    if (cell)
        note(workbook, worksheet_merge_range(workbook->sheet, workbook->row, workbook->column, workbook->row,
                                             last, cell, workbook->styles[style]));
    workbook->column = (lxw_col_t)(last + 1);
}

void pulang_sheet_end_row(pulang_workbook *workbook) {
    workbook->row++;
    workbook->column = 0;
}

/* ---- sheets ---- */

void pulang_sheet_height(pulang_workbook *workbook, double points) {
    if (within(workbook))
        note(workbook, worksheet_set_row(workbook->sheet, workbook->row, points, NULL));
}

void pulang_sheet_width(pulang_workbook *workbook, int column, double characters, bool folded) {
    lxw_row_col_options options = {.hidden = folded, .level = folded};
    lxw_col_t at = (lxw_col_t)column;
    if (workbook->sheet && column < LXW_COL_MAX)
        note(workbook, worksheet_set_column_opt(workbook->sheet, at, at, characters, NULL, &options));
}

void pulang_sheet_table(pulang_workbook *workbook, int header_row, int n_columns, int n_frozen) {
    lxw_row_t header = (lxw_row_t)header_row, last = workbook->row > 0 ? workbook->row - 1 : 0;
    if (!workbook->sheet)
        return;
    worksheet_freeze_panes(workbook->sheet, header + 1, (lxw_col_t)n_frozen);
    note(workbook, worksheet_autofilter(workbook->sheet, header, 0, last, (lxw_col_t)(n_columns - 1)));
}

void pulang_sheet_entry(pulang_workbook *workbook, int column, const pulang_sheet_form *form) {
    lxw_data_validation validation = {
        .validate = form->number ? LXW_VALIDATION_TYPE_DECIMAL : LXW_VALIDATION_TYPE_ANY,
        .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
        .minimum_number = -1e15,
        .maximum_number = 1e15,
        .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
        .input_title = (char *)(uintptr_t)form->title,
        .input_message = (char *)(uintptr_t)form->message,
    };
    lxw_col_t at = (lxw_col_t)column;
    if (!workbook->sheet)
        return;
    note(workbook, worksheet_set_column(workbook->sheet, at, at, form->width,
                                        form->number ? NULL : workbook->styles[PULANG_STYLE_TEXT]));
    note(workbook, worksheet_data_validation_range(workbook->sheet, workbook->row, at, LXW_ROW_MAX - 1, at,
                                                   &validation));
}

void pulang_sheet_warn(pulang_workbook *workbook, int column, int first_row, bool above) {
    lxw_conditional_format condition = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                        .criteria = above ? LXW_CONDITIONAL_CRITERIA_GREATER_THAN
                                                          : LXW_CONDITIONAL_CRITERIA_LESS_THAN,
                                        .format = workbook->warning};
    if (workbook->sheet && (int)workbook->row > first_row && workbook->row <= LXW_ROW_MAX)
        note(workbook,
             worksheet_conditional_format_range(workbook->sheet, (lxw_row_t)first_row, (lxw_col_t)column,
                                                workbook->row - 1, (lxw_col_t)column, &condition));
}

void pulang_sheet_print(pulang_workbook *workbook, int header_row, int n_repeated, int n_pages,
                        const char *footer) {
    lxw_row_t header = (lxw_row_t)header_row;
    if (!workbook->sheet)
        return;
    worksheet_set_landscape(workbook->sheet);
    worksheet_set_paper(workbook->sheet, A4);
    worksheet_set_margins(workbook->sheet, 0.6, 0.6, 0.6, 0.8);
    note(workbook, worksheet_repeat_rows(workbook->sheet, header, header));
    if (n_repeated > 0)
        note(workbook, worksheet_repeat_columns(workbook->sheet, 0, (lxw_col_t)(n_repeated - 1)));
    note(workbook, worksheet_set_footer(workbook->sheet, footer));
    /* A sheet that is made to fit has no page breaks of its own in Excel. */
    if (n_pages > 0)
        worksheet_fit_to_pages(workbook->sheet, (uint16_t)n_pages, 0);
    else
        worksheet_set_print_scale(workbook->sheet, SCALE);
}

void pulang_sheet_break(pulang_workbook *workbook, int row) {
    assert(workbook->n_breaks < PULANG_SHEET_BREAKS && row > 0);
    workbook->breaks[workbook->n_breaks++] = (lxw_row_t)row;
    workbook->breaks[workbook->n_breaks] = 0;
}

void pulang_sheet_draw(pulang_workbook *workbook, const pulang_sheet_chart *spec) {
    static const lxw_color_t colours[] = {0xB8C4D6, 0x1F5FA8};
    lxw_chart *chart = workbook_add_chart(workbook->book, spec->upright ? LXW_CHART_COLUMN : LXW_CHART_BAR);
    lxw_row_t first = (lxw_row_t)spec->first_row, last = first + (lxw_row_t)spec->n_rows - 1;
    lxw_col_t names = (lxw_col_t)spec->column;
    if (!chart || !workbook->sheet) {
        workbook->memory = true;
        return;
    }
    lxw_chart_font font = {.name = FONT, .size = TITLE_SIZE, .bold = LXW_TRUE};
    chart_title_set_name(chart, spec->title);
    chart_title_set_name_font(chart, &font);
    for (int i = 0; i < spec->n_series; i++) {
        lxw_col_t column = (lxw_col_t)(names + 1 + i);
        lxw_chart_fill fill = {.color = colours[spec->n_series == 1 ? 1 : i]};
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        if (!series) {
            workbook->memory = true;
            return;
        }
        chart_series_set_categories(series, workbook->name, first, names, last, names);
        chart_series_set_values(series, workbook->name, first, column, last, column);
        chart_series_set_name_range(series, workbook->name, first - 1, column);
        chart_series_set_fill(series, &fill);
    }
    if (!spec->upright)
        chart_axis_set_reverse(chart->y_axis); /* the first on top */
    if (spec->unit > 0)
        chart_axis_set_major_unit(spec->upright ? chart->y_axis : chart->x_axis, spec->unit);
    chart_set_series_gap(chart, BAR_GAP);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    /* A chart is 480 by 288 pixels. */
    lxw_chart_options options = {.x_scale = spec->width / 480.0, .y_scale = spec->height / 288.0};
    note(workbook, worksheet_insert_chart_opt(workbook->sheet, (lxw_row_t)spec->at_row,
                                              (lxw_col_t)spec->at_column, chart, &options));
}

/* ---- the file ---- */

static pulang_status read_back(int file, char **bytes, size_t *length, pulang_error *error) {
    struct stat info;
    if (fstat(file, &info) != 0)
        return pulang_fail(error, PULANG_ERROR_IO, "%s", strerror(errno));
    size_t size = (size_t)info.st_size, done = 0;
    char *buffer = pulang_alloc(size, 1);
    if (!buffer)
        return pulang_fail_memory(error);
    while (done < size) {
        ssize_t n = pread(file, buffer + done, size - done, (off_t)done);
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR)
            break;
    }
    /* The library does not see when its temporary files were cut short. */
    if (done < size || !pulang_zip_whole(buffer, size)) {
        pulang_free(buffer);
        return pulang_fail(
            error, PULANG_ERROR_IO, "%s",
            _("the workbook could not be written whole: is there room for temporary files in /tmp "
              "(or TMPDIR)?"));
    }
    *bytes = buffer;
    *length = size;
    return PULANG_OK;
}

pulang_status pulang_workbook_finish(pulang_workbook *workbook, char **bytes, size_t *length,
                                     pulang_error *error) {
    if (workbook->memory || workbook->error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return pulang_fail_memory(error);
    end_sheet(workbook);
    if (workbook->error == LXW_NO_ERROR) {
        note(workbook, workbook_close(workbook->book));
        workbook->book = NULL;
    }
    if (workbook->error != LXW_NO_ERROR)
        return pulang_fail(error, PULANG_ERROR_IO, _("the workbook could not be written: %s"),
                           lxw_strerror(workbook->error));
    return read_back(workbook->file, bytes, length, error);
}
