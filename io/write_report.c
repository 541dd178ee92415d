/*
 * The page put together. The data are a JSON text in a script element; there a browser ends the element at
 * "</script", whatever the JSON says, so that <, > and & are written as \u003c, ... in it. They only occur
 * within the strings of a JSON text, as do U+2028 and U+2029, which old scripts take for line ends.
 */
#include "io/write_report.h"

#include "io/write_report_page.h"
#include "io/write_report_plan.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/words.h"

#include <assert.h>
#include <string.h>

/* What is written for the character at text, in a text of the kind; NULL: itself. *length: its bytes. */
typedef const char *(*escape_function)(const char *text, size_t *length);

static const char *escape_json(const char *text, size_t *length) {
    *length = 1;
    switch (*text) {
    case '<':
        return "\\u003c";
    case '>':
        return "\\u003e";
    case '&':
        return "\\u0026";
    case '\xE2':
        *length = 3;
        return strncmp(text, "\xE2\x80\xA8", 3) == 0   ? "\\u2028"
               : strncmp(text, "\xE2\x80\xA9", 3) == 0 ? "\\u2029"
                                                       : NULL;
    default:
        return NULL;
    }
}

static const char *escape_html(const char *text, size_t *length) {
    *length = 1;
    return *text == '<'   ? "&lt;"
           : *text == '>' ? "&gt;"
           : *text == '&' ? "&amp;"
           : *text == '"' ? "&quot;"
                          : NULL;
}

static void put(pulang_words *page, const char *text, size_t length) {
    pulang_words_append(page, "%.*s", (int)length, text);
}

/* Puts the text, of which special are the bytes that may have to be written otherwise. */
static void put_escaped(pulang_words *page, const char *text, const char *special, escape_function escape) {
    while (*text) {
        size_t plain = strcspn(text, special), length = 0;
        put(page, text, plain);
        text += plain;
        if (!*text)
            return;
        const char *instead = escape(text, &length);
        put(page, instead ? instead : text, instead ? strlen(instead) : length);
        text += length;
    }
}

static void put_json(pulang_words *page, const char *json) {
    put_escaped(page, json, "<>&\xE2", escape_json);
}

static void put_html(pulang_words *page, const char *text) {
    put_escaped(page, text, "<>&\"", escape_html);
}

/* A part that is a JSON text already. */
static void put_part(pulang_words *page, const char *name, const char *json) {
    if (!json)
        return;
    put(page, ",\"", 2);
    put(page, name, strlen(name));
    put(page, "\":", 2);
    put_json(page, json);
}

/* The members that every page has, as an object; NULL: out of memory. */
static char *make_head(const pulang_report *report, const char *title) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_text(json, "version", PULANG_VERSION);
    pulang_json_text(json, "language", pulang_language());
    pulang_json_open_object(json, "text");
    for (const char *const *text = pulang_report_texts; *text; text++)
        if (strcmp(_(*text), *text) != 0)
            pulang_json_text(json, *text, _(*text));
    pulang_json_close(json);
    pulang_json_text(json, "title", title);
    pulang_json_boolean(json, "anonymous", report->anonymous);
    char *text = pulang_json_finish_compact(json);
    pulang_json_builder_free(json);
    return text;
}

static void put_data(pulang_words *page, const pulang_report *report, const char *head, const char *plan) {
    put_json(page, head);
    assert(page->failed || page->text[page->length - 1] == '}');
    if (!page->failed)
        page->length--; /* the parts go in before its end */
    put_part(page, "plan", plan);
    put_part(page, "comparison", report->comparison);
    put_part(page, "frontier", report->frontier);
    put(page, "}", 1);
}

/* Whether a placeholder, of so many bytes, has that name. */
static bool is(const char *placeholder, size_t length, const char *name) {
    return strlen(name) == length && strncmp(placeholder, name, length) == 0;
}

/* Puts the template with what its placeholders stand for. */
static void put_page(pulang_words *page, const pulang_report *report, const char *title, const char *head,
                     const char *plan) {
    const char *at = pulang_report_template, *mark;
    while ((mark = strstr(at, "{{"))) {
        put(page, at, (size_t)(mark - at));
        const char *name = mark + 2, *end = strstr(name, "}}");
        assert(end);
        size_t length = (size_t)(end - name);
        if (is(name, length, "language"))
            put_html(page, pulang_language());
        else if (is(name, length, "title"))
            put_html(page, title);
        else if (is(name, length, "style"))
            put(page, pulang_report_style, strlen(pulang_report_style));
        else if (is(name, length, "script"))
            put(page, pulang_report_script, strlen(pulang_report_script));
        else if (is(name, length, "data"))
            put_data(page, report, head, plan);
        else
            assert(!"a placeholder of the template that is not known");
        at = end + 2;
    }
    put(page, at, strlen(at));
}

pulang_status pulang_write_report(const pulang_report *report, char **html, pulang_error *error) {
    pulang_words page = {0};
    const char *title = *report->title ? report->title : _("Placement plan");
    char *plan = NULL, *head = make_head(report, title);
    pulang_status status = head ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK && report->plan)
        status = pulang_write_report_plan(report->plan, report->anonymous, &plan, error);
    if (status == PULANG_OK) {
        put_page(&page, report, title, head, plan);
        if (page.failed)
            status = pulang_fail_memory(error);
    }
    pulang_free(plan);
    pulang_free(head);
    if (status != PULANG_OK) {
        pulang_words_clear(&page);
        return status;
    }
    *html = page.text;
    return PULANG_OK;
}
