/* Words, numbers and nodes: what turns the data into something to read. Data reach the page as text nodes only. */
const report = JSON.parse(document.getElementById("data").textContent);
const language = report.language || "en";

/* The text in the reader's language; {name} is replaced by values.name. Called with the text itself in double
   quotes, alone in its argument: cmake/report_texts.sh collects the texts by that. */
function t(text, values = {}) {
    const words = (report.text && report.text[text]) || text;
    return words.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
}

function number(value, decimals = 0) {
    if (value === null || value === undefined)
        return "–";
    return new Intl.NumberFormat(language, {maximumFractionDigits: decimals}).format(value);
}

function percent(share, decimals = 0) {
    if (share === null || share === undefined || !Number.isFinite(share))
        return "–";
    return new Intl.NumberFormat(language, {style: "percent", maximumFractionDigits: decimals}).format(share);
}

/* Large sums in short: 19.9 billion. */
function shortNumber(value, decimals = 0) {
    if (Math.abs(value) < 1e6)
        return number(value, decimals);
    return new Intl.NumberFormat(language, {notation: "compact", compactDisplay: "long", maximumFractionDigits: 2})
        .format(value);
}

/* A rule or level, which has no unit, may be called what its user likes. */
function isShare(indicator) {
    return Boolean(indicator.unit) && /_share$/.test(indicator.name);
}

function figure(indicator, value) {
    if (value === null || value === undefined)
        return "–";
    return isShare(indicator) ? percent(value, 1) : shortNumber(value, indicator.decimals);
}

/* The unit that is printed after a figure; a share carries its own sign. */
function unitOf(indicator) {
    return isShare(indicator) ? "" : indicator.unit || "";
}

/* The difference with its sign, "" where the figure looks the same; that of two shares is in points of a hundred. */
function difference(indicator, value) {
    const text = figure(indicator, Math.abs(value));
    if (text === figure(indicator, 0))
        return "";
    const amount = isShare(indicator) ? t("{number} points", {number: number(Math.abs(value) * 100, 1)}) : text;
    return (value > 0 ? "+" : "−") + amount;
}

/* Names of the data read better without underscores. */
function plain(name) {
    return String(name || "").replace(/_/g, " ");
}

/* Whether the screen is as narrow as report.css has it for a phone. */
const narrow = window.matchMedia("screen and (max-width: 640px)");

function onPhone() {
    return narrow.matches;
}

/* Calls redraw when a phone is turned or a window is drawn so that onPhone changes. A browser that takes a picture
   of the whole page makes its window a point for a moment: that is no phone. */
function whenTurned(redraw) {
    let before = onPhone();
    narrow.addEventListener("change", () => {
        if (window.innerWidth < 100 || onPhone() === before)
            return;
        before = onPhone();
        redraw();
    });
}

function capital(text) {
    return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
}

function compareText(a, b) {
    return compareText.collator.compare(a, b);
}
compareText.collator = new Intl.Collator(language, {numeric: true});

/* An element; children are nodes or texts, null is left out. */
function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === true)
            node.setAttribute(name, "");
        else if (value !== false && value !== null && value !== undefined)
            node.setAttribute(name, value);
    }
    for (const child of children.flat())
        if (child !== null && child !== undefined)
            node.append(child);
    return node;
}

function svg(tag, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes))
        node.setAttribute(name, value);
    node.append(...children);
    return node;
}

function byId(id) {
    return document.getElementById(id);
}

function fill(id, ...children) {
    byId(id).replaceChildren(...children.flat().filter((child) => child !== null));
}

/* Shows a section; drawContents lists those that are shown. */
function show(id) {
    byId(id).hidden = false;
}

/* A labelled field. */
function field(label, control) {
    return el("label", {class: "field"}, el("span", {}, label), control);
}

/* A selection of [value, text] pairs. */
function selection(options, onChange) {
    const node = el("select", {}, options.map(([value, text]) => el("option", {value}, text)));
    node.addEventListener("change", () => onChange(node.value));
    return node;
}

/* What is opened on demand; it is made when it is first opened. */
function foldout(summary, make) {
    const node = el("details", {}, el("summary", {}, summary));
    node.addEventListener("toggle", () => {
        if (node.open && node.children.length === 1)
            node.append(make());
    });
    return node;
}
