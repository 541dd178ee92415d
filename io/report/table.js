/*
 * A table that can be searched, filtered, sorted by its headings and turned page by page.
 *
 * table({ caption, columns, rows, filters, search, pageSize, sort, printed })
 *   columns   [{ label, cell(row): text or node, sort(row): text or number or null, numeric, strong }]
 *   filters   [{ label, options: [[value, text]], keeps(row, value) }]; value "" keeps all
 *   search    function (row): the text that is searched; none: no search field
 *   sort      [column, descending] at first; none: the order of the rows
 *   printed   rows that are printed; the others are left to the screen
 *   fixed     the order of the rows says something: they cannot be sorted
 */
const PAGE_SIZE = PHONE ? 8 : 25;

function compareCells(a, b) {
    if (a === null || a === undefined || b === null || b === undefined)
        return (a === null || a === undefined ? 1 : 0) - (b === null || b === undefined ? 1 : 0);
    return typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));
}

/* Blanks stay last whichever way the column is sorted. */
function sortRows(rows, column, descending) {
    const keys = new Map(rows.map((row) => [row, column.sort ? column.sort(row) : column.cell(row)]));
    const blank = (value) => value === null || value === undefined;
    return [...rows].sort((a, b) => {
        const order = compareCells(keys.get(a), keys.get(b));
        return descending && !blank(keys.get(a)) && !blank(keys.get(b)) ? -order : order;
    });
}

/* Every word that was typed is somewhere in the row. */
function matches(text, words) {
    return words.every((word) => text.includes(word));
}

function table(options) {
    const state = {
        page: 0,
        words: [],
        filters: (options.filters || []).map(() => ""),
        column: options.sort ? options.sort[0] : -1,
        descending: options.sort ? options.sort[1] : false
    };
    const pageSize = options.pageSize || PAGE_SIZE;
    const controlled = Boolean(options.search || options.filters);
    const paged = options.rows.length > pageSize;
    const searched = new Map();
    const body = el("tbody", {role: "rowgroup"});
    const count = el("p", {class: "count", role: "status", "aria-live": "polite"});
    const pages = el("div", {class: "pages"});
    const buttons = options.columns.map((column, index) => headingButton(column, index));
    const heads = options.columns.map(
        (column, index) =>
            el("th", {scope: "col", role: "columnheader", class: column.numeric ? "number" : null}, buttons[index]));

    function headingButton(column, index) {
        if (options.fixed)
            return el("span", {class: "heading"}, column.label);
        const button =
            el("button", {type: "button"}, column.label, el("span", {class: "arrow", "aria-hidden": "true"}));
        button.addEventListener("click", () => {
            state.descending = state.column === index ? !state.descending : Boolean(column.numeric);
            state.column = index;
            state.page = 0;
            draw();
        });
        return button;
    }

    function textOf(row) {
        if (!searched.has(row))
            searched.set(row, options.search(row).toLocaleLowerCase(language));
        return searched.get(row);
    }

    function chosenRows() {
        const kept = options.rows.filter(
            (row) => state.filters.every((value, i) => value === "" || options.filters[i].keeps(row, value)) &&
                (state.words.length === 0 || matches(textOf(row), state.words)));
        return state.column < 0 ? kept : sortRows(kept, options.columns[state.column], state.descending);
    }

    function rowNode(row, index) {
        const printed = options.printed === undefined || index < options.printed;
        return el(
            "tr", {role: "row", class: printed ? null : "screen"},
            options.columns.map(
                (column) =>
                    el(column.strong ? "th" : "td", {
                        role: column.strong ? "rowheader" : "cell",
                        scope: column.strong ? "row" : null,
                        class: column.numeric ? "number" : null,
                        "data-label": column.label
                    },
                       column.cell(row))));
    }

    function drawPages(rows, last) {
        const turn = (label, step, off) => {
            const button = el("button", {type: "button", disabled: off}, label);
            button.addEventListener("click", () => {
                state.page += step;
                draw();
                /* The buttons are made anew: whoever turned the page by keyboard stays where they were. */
                const [back, , on] = pages.children;
                const again = step > 0 ? on : back;
                (again.disabled ? (step > 0 ? back : on) : again).focus();
            });
            return button;
        };
        const place = t("Page {page} of {pages}", {page: number(state.page + 1), pages: number(last + 1)});
        pages.replaceChildren(
            turn(t("Previous"), -1, state.page === 0), el("span", {}, place), turn(t("Next"), 1, state.page === last));
        pages.hidden = last === 0;
    }

    function draw() {
        const rows = chosenRows();
        const last = Math.max(0, Math.ceil(rows.length / pageSize) - 1);
        state.page = Math.min(state.page, last);
        const first = state.page * pageSize;
        body.replaceChildren(...rows.slice(first, first + pageSize).map(rowNode));
        if (!options.fixed)
            heads.forEach(
                (head, i) => head.setAttribute(
                    "aria-sort",
                    i !== state.column   ? "none" :
                        state.descending ? "descending" :
                                           "ascending"));
        count.textContent = t("{found} of {all} lines", {found: number(rows.length), all: number(options.rows.length)});
        drawPages(rows, last);
    }

    function change(apply) {
        return (value) => {
            apply(value);
            state.page = 0;
            draw();
        };
    }

    function controls() {
        const parts = [];
        if (options.search) {
            const input = el("input", {type: "search", autocomplete: "off", spellcheck: "false"});
            input.addEventListener(
                "input", () => change((value) => {
                             state.words = value.toLocaleLowerCase(language).split(/\s+/).filter((word) => word !== "");
                         })(input.value));
            parts.push(field(t("Search"), input));
        }
        (options.filters || [])
            .forEach(
                (filter, i) =>
                    parts.push(field(filter.label, selection([["", t("All")], ...filter.options], change((value) => {
                                                                 state.filters[i] = value;
                                                             })))));
        return el("div", {class: "controls"}, parts);
    }

    draw();
    return el(
        "div", {class: "table"}, controlled ? controls() : null, controlled ? count : null,
        el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": options.caption},
           el("table", {role: "table"}, el("caption", {class: "unseen"}, options.caption),
              el("thead", {role: "rowgroup"}, el("tr", {role: "row"}, heads)), body)),
        paged ? pages : null);
}
