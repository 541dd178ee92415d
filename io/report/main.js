/* Puts the page together. */
function translateTemplate() {
    for (const node of document.querySelectorAll("[data-t]"))
        node.textContent = t(node.textContent);
}

function drawContents() {
    const sections = [...document.querySelectorAll("main > section")].filter((section) => !section.hidden);
    byId("contents").setAttribute("aria-label", t("Contents"));
    fill(
        "contents",
        el("ul", {},
           sections.map(
               (section) => el("li", {}, el("a", {href: "#" + section.id}, section.querySelector("h2").textContent)))));
}

function drawFoot() {
    const anonymous = report.anonymous ? el("p", {}, t("Names and numbers of persons are left out.")) : null;
    fill(
        "foot", anonymous,
        el("p", {},
           t("Made by pulang {version}. Map by Leaflet, charts by Chart.js. This page needs no network and sends nothing.",
             {version: report.version || ""})));
}

/* On paper the map and the charts have the width of the sheet. */
function fitPaper(map) {
    const fit = (printing) => {
        document.body.classList.toggle("printing", printing);
        drawnCharts.forEach((chart) => chart.resize());
        if (map) {
            map.invalidateSize({animate: false});
            map.fit();
        }
    };
    window.addEventListener("beforeprint", () => fit(true));
    window.addEventListener("afterprint", () => fit(false));
}

function main() {
    translateTemplate();
    byId("title").textContent = report.title || t("Placement report");
    document.title = byId("title").textContent;
    let map = null;
    if (report.plan) {
        const facts = makeFacts(report.plan);
        drawHeadline(facts);
        map = drawMap(facts);
        drawCharts(facts);
        drawPeople(facts);
    }
    if (report.comparison)
        drawComparison(report.comparison);
    if (report.frontier)
        drawFrontier(report.frontier);
    drawContents();
    drawFoot();
    fitPaper(map);
}

main();
