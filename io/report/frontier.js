/* The frontier: one figure against another, a point for each run; a line for each value of the second setting. */
function settingValue(value) {
    return typeof value === "number" ? number(value, 6) : plain(value);
}

/* A setting that is not a number everywhere ("hard") has its values in the order in which they were given. */
function settingAxis(frontier, i) {
    const worded = frontier.points.some((point) => typeof point.values[i] !== "number");
    const of = (point) => (worded ? settingValue(point.values[i]) : point.values[i]);
    return {
        id: "setting " + i,
        text: capital(frontier.settings[i].text || frontier.settings[i].key),
        of,
        format: settingValue,
        words: worded ? [...new Set(frontier.points.map(of))] : null
    };
}

function frontierAxes(frontier) {
    const settings = frontier.settings.map((setting, i) => settingAxis(frontier, i));
    const figures = frontier.indicators.map(
        (indicator) => ({
            id: indicator.name,
            text: tileTexts()[indicator.name] || capital(indicator.description || plain(indicator.name)),
            of: (point) => (point.indicators || {})[indicator.name] ?? null,
            format: (value) => figure(indicator, value)
        }));
    /* A figure that is the same in every run tells nothing. */
    const varied = figures.filter((axis) => new Set(frontier.points.map(axis.of)).size > 1);
    return [...settings, ...(varied.length > 0 ? varied : figures)];
}

/* The points of each line: one line, or one for each value of the second setting. */
function frontierLines(frontier) {
    if (frontier.settings.length < 2)
        return [["", frontier.points]];
    const values = [...new Set(frontier.points.map((point) => point.values[1]))];
    if (values.every((value) => typeof value === "number"))
        values.sort((a, b) => a - b);
    return values.map((value) => [settingValue(value), frontier.points.filter((point) => point.values[1] === value)]);
}

/* A long description takes several lines of an axis. */
function lines(text) {
    const most = onPhone() ? 30 : 44;
    return text.split(" ").reduce((found, word) => {
        const last = found[found.length - 1];
        return last && last.length + word.length < most ? [...found.slice(0, -1), last + " " + word] : [...found, word];
    }, []);
}

/* The ends of an axis on which all points lie at one value: the library's own would be far off. */
function roomAround(values) {
    const [value, ...others] = new Set(values.filter((one) => one !== null));
    const room = 0.1 * Math.abs(value) || 1;
    return value === undefined || others.length > 0 ? {} : {suggestedMin: value - room, suggestedMax: value + room};
}

/* The settings of a point, a line for each. */
function settingTexts(frontier, point) {
    return frontier.settings.map((setting, i) => settingAxis(frontier, i).text + ": " + settingValue(point.values[i]));
}

/* Where a value lies on its axis, as a number. */
function along(axis, value) {
    return axis.words ? axis.words.indexOf(value) : value;
}

function frontierChart(frontier, canvas, x, y) {
    const datasets = frontierLines(frontier).map(
        ([label, points], i) => ({
            label,
            data: points.map((point) => ({x: x.of(point), y: y.of(point), point}))
                      .filter((at) => at.x !== null && at.y !== null)
                      .sort((a, b) => along(x, a.x) - along(x, b.x) || along(y, a.y) - along(y, b.y)),
            borderColor: SERIES_COLOURS[i % SERIES_COLOURS.length],
            backgroundColor: SERIES_COLOURS[i % SERIES_COLOURS.length],
            pointRadius: 5,
            borderWidth: 2,
            tension: 0
        }));
    const scale = (axis) => ({
        title: {display: true, text: () => lines(axis.text)},
        ...(axis.words ? {type: "category", labels: axis.words, offset: true} : {
            type: "linear",
            ticks: {callback: axis.format, maxTicksLimit: 8},
            ...roomAround(frontier.points.map(axis.of))
        })
    });
    return new Chart(canvas, {
        type: "line",
        data: {datasets},
        options: {
            scales: {x: scale(x), y: scale(y)},
            plugins: {
                legend: {
                    display: datasets.length > 1,
                    align: "start",
                    title: {
                        display: true,
                        position: "start",
                        text: datasets.length > 1 ? lines(settingAxis(frontier, 1).text) : ""
                    }
                },
                tooltip: {
                    callbacks: {
                        title: (items) => settingTexts(frontier, items[0].raw.point),
                        label: (item) => [x.text + ": " + x.format(item.raw.x), y.text + ": " + y.format(item.raw.y)]
                    }
                }
            }
        }
    });
}

/* A point without a plan has no figures: it says why. */
function proofText(point) {
    if (point.status === "infeasible" || point.levels.length === 0)
        return t("no plan");
    return point.status === "optimal" ? t("proven") : t("not proven");
}

function frontierTable(frontier) {
    const columns = frontierAxes(frontier).map((axis, i) => ({
                                                   label: axis.text,
                                                   numeric: !axis.words,
                                                   strong: i === 0,
                                                   cell: (row) => axis.format(axis.of(row)),
                                                   sort: (row) => axis.of(row)
                                               }));
    columns.splice(frontier.settings.length, 0, {label: t("Proof"), cell: proofText});
    return table({caption: t("Every run"), rows: frontier.points, pageSizes: [100, 100], columns});
}

function drawFrontier(frontier) {
    const axes = frontierAxes(frontier);
    const axisOf = (id) => axes.find((axis) => axis.id === id);
    const first = axes.find((axis) => axis.id === "home_village_share") || axes[frontier.settings.length];
    if (!first || frontier.points.length === 0)
        return;
    const chosen = {x: axes[0].id, y: first.id};
    const canvas = el("canvas", {role: "img"});
    let chart = null;
    const redraw = () => {
        if (chart)
            drawnCharts.splice(drawnCharts.indexOf(chart), 1)[0].destroy();
        const x = axisOf(chosen.x), y = axisOf(chosen.y);
        canvas.setAttribute(
            "aria-label",
            t("{y} against {x}", {y: y.text, x: x.text}) + ". " + t("The table below the chart says the same."));
        chart = frontierChart(frontier, canvas, x, y);
        drawnCharts.push(chart);
    };
    const choice = (axis) => {
        const node = selection(axes.map((one) => [one.id, one.text]), (value) => {
            chosen[axis] = value;
            redraw();
        });
        node.value = chosen[axis];
        return node;
    };
    fill(
        "frontier-parts",
        el("p", {class: "note"}, t("Each point is one best plan; only the settings below differ between them.")),
        el("div", {class: "controls wider"}, field(t("Upwards"), choice("y")), field(t("To the right"), choice("x"))),
        el("figure", {class: "chart"}, el("div", {class: "canvas", style: "height:380px"}, canvas)),
        foldout(t("Every run"), () => frontierTable(frontier)));
    const planned =
        frontier.points.filter((point) => Object.values(point.indicators || {}).some((value) => value !== null));
    if (!report.plan)
        fill("lead", t("Plans, each the best by its settings: {count}.", {count: number(planned.length)}));
    show("frontier");
    redraw();
}
