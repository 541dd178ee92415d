/*
 * A table that can be searched, filtered, sorted by its headings and turned page by page.
 *
 * table({ caption, columns, rows, filters, search, pageSizes, sort, printed })
 *   columns   [{ label, cell(row): text or node, sort(row): text or number or null, numeric, strong }]
 *   filters   [{ label, options: [[value, text]], keeps(row, value) }]; value "" keeps all
 *   search    function (row): the text that is searched; none: no search field
 *   pageSizes rows of a page on a wide screen and on a phone
 *   sort      [column, descending] at first; none: the order of the rows
 *   printed   rows that are printed; the others are left to the screen
 *   fixed     the order of the rows says something: they cannot be sorted
 */
const PAGE_SIZES = [25, 8];

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
    return new Table(options).node;
}

class Table {
    constructor(options) {
        this.options = options;
        this.page = 0;
        this.words = [];
        this.chosen = (options.filters || []).map(() => "");
        [this.column, this.descending] = options.sort || [-1, false];
        this.searched = new Map();
        this.body = el("tbody", {role: "rowgroup"});
        this.count = el("p", {class: "count", role: "status", "aria-live": "polite"});
        this.pages = el("div", {class: "pages"});
        this.heads = options.columns.map(
            (column, index) =>
                el("th", {scope: "col", role: "columnheader", class: column.numeric ? "number" : null},
                   this.heading(column, index)));
        this.draw();
        this.node = this.assemble();
        whenTurned(() => this.turn());
    }

    get pageSize() {
        return (this.options.pageSizes || PAGE_SIZES)[onPhone() ? 1 : 0];
    }

    /* The page that holds the first row seen before. */
    turn() {
        const first = this.page * this.drawnSize;
        this.page = Math.floor(first / this.pageSize);
        this.draw();
    }

    assemble() {
        const {options} = this;
        const heads = el("thead", {role: "rowgroup"}, el("tr", {role: "row"}, this.heads));
        const caption = el("caption", {class: "unseen"}, options.caption);
        const scroll =
            el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": options.caption},
               el("table", {role: "table"}, caption, heads, this.body));
        const controlled = options.search || options.filters;
        const paged = options.rows.length > Math.min(...(options.pageSizes || PAGE_SIZES));
        return el(
            "div", {class: "table"}, controlled ? this.controls() : null, controlled ? this.count : null, scroll,
            paged ? this.pages : null);
    }

    heading(column, index) {
        if (this.options.fixed)
            return el("span", {class: "heading"}, column.label);
        const arrow = el("span", {class: "arrow", "aria-hidden": "true"});
        const button = el("button", {type: "button"}, column.label, arrow);
        button.addEventListener("click", () => {
            this.descending = this.column === index ? !this.descending : Boolean(column.numeric);
            this.column = index;
            this.page = 0;
            this.draw();
        });
        return button;
    }

    controls() {
        const {options} = this;
        const parts = [];
        if (options.search) {
            const input = el("input", {type: "search", autocomplete: "off", spellcheck: "false"});
            input.addEventListener("input", () => {
                this.words = input.value.toLocaleLowerCase(language).split(/\s+/).filter((word) => word !== "");
                this.restart();
            });
            parts.push(field(t("Search"), input));
        }
        (options.filters || []).forEach((filter, i) => {
            const select = selection([["", t("All")], ...filter.options], (value) => {
                this.chosen[i] = value;
                this.restart();
            });
            parts.push(field(filter.label, select));
        });
        return el("div", {class: "controls"}, parts);
    }

    restart() {
        this.page = 0;
        this.draw();
    }

    /* What is searched of a row, made once. */
    textOf(row) {
        if (!this.searched.has(row))
            this.searched.set(row, this.options.search(row).toLocaleLowerCase(language));
        return this.searched.get(row);
    }

    keeps(row) {
        return this.chosen.every((value, i) => value === "" || this.options.filters[i].keeps(row, value)) &&
            (this.words.length === 0 || matches(this.textOf(row), this.words));
    }

    rows() {
        const kept = this.options.rows.filter((row) => this.keeps(row));
        return this.column < 0 ? kept : sortRows(kept, this.options.columns[this.column], this.descending);
    }

    rowNode(row, index) {
        const cells = this.options.columns.map((column) => {
            const attributes = {role: "cell", class: column.numeric ? "number" : null, "data-label": column.label};
            return column.strong ? el("th", {...attributes, role: "rowheader", scope: "row"}, column.cell(row)) :
                                   el("td", attributes, column.cell(row));
        });
        const printed = this.options.printed === undefined || index < this.options.printed;
        return el("tr", {role: "row", class: printed ? null : "screen"}, cells);
    }

    turnButton(label, step, off) {
        const button = el("button", {type: "button", disabled: off}, label);
        button.addEventListener("click", () => {
            this.page += step;
            this.draw();
            /* The buttons are made anew: whoever turned the page by keyboard stays where they were. */
            const [back, , on] = this.pages.children;
            const again = step > 0 ? on : back;
            (again.disabled ? (step > 0 ? back : on) : again).focus();
        });
        return button;
    }

    draw() {
        const rows = this.rows(), all = this.options.rows.length;
        this.drawnSize = this.pageSize;
        const last = Math.max(0, Math.ceil(rows.length / this.pageSize) - 1);
        this.page = Math.min(this.page, last);
        const first = this.page * this.pageSize;
        this.body.replaceChildren(...rows.slice(first, first + this.pageSize).map((row, i) => this.rowNode(row, i)));
        if (!this.options.fixed)
            this.heads.forEach((head, i) => head.setAttribute("aria-sort", this.sortOf(i)));
        this.count.textContent = t("{found} of {all} lines", {found: number(rows.length), all: number(all)});
        const place = t("Page {page} of {pages}", {page: number(this.page + 1), pages: number(last + 1)});
        this.pages.replaceChildren(
            this.turnButton(t("Previous"), -1, this.page === 0), el("span", {}, place),
            this.turnButton(t("Next"), 1, this.page === last));
        this.pages.hidden = last === 0;
    }

    sortOf(index) {
        if (index !== this.column)
            return "none";
        return this.descending ? "descending" : "ascending";
    }
}
