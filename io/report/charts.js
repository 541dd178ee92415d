/* Charts; each has a table that says the same. */
const TODAY_COLOUR = "#b9a98c", PLAN_COLOUR = "#0f5f6e";
const SERIES_COLOURS =
    ["#0f5f6e", "#e08214", "#7b4fa3", "#8c9a1a", "#b2334a", "#5a5a5a"]; /* told apart by their lightness too */
const MOST_BARS = 15;
const LOADS = [0.8, 0.9, 1, 1.1, 1.2, Infinity]; /* upper ends of the bands of workload */
const drawnCharts = [];

Chart.defaults.animation = false;
Chart.defaults.color = "#3c4a52";
Chart.defaults.borderColor = "#e3dfd5";
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 13;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.locale = language;
Chart.defaults.plugins.legend.labels.padding = 16;

/* A label on two lines at most. */
function wrap(text, chartWidth) {
    const width = chartWidth < 420 ? 16 : 26;
    const cut = (line) => (line.length > width ? line.slice(0, width - 1) + "…" : line);
    if (text.length <= width)
        return text;
    const space = text.lastIndexOf(" ", width);
    return space > 0 ? [text.slice(0, space), cut(text.slice(space + 1))] : cut(text);
}

/*
 * chartFigure({ title, note, labels, series: [{ label, values, colour }], kind: "bars" | "columns",
 *               nameLabel, nameAxis, axis, format(value), ordered })
 * The chart has at most MOST_BARS bars of each series, the table all.
 */
function chartFigure(options) {
    const bars = options.kind === "bars";
    const shown = Math.min(MOST_BARS, options.labels.length);
    const canvas =
        el("canvas", {role: "img", "aria-label": options.title + ". " + t("The table below the chart says the same.")});
    const height = bars ? 70 + shown * (options.series.length < 2 ? 34 : 14 + 11 * options.series.length) : 300;
    const format = options.format || ((value) => shortNumber(value, 1));
    const rest = options.labels.length - shown;
    const node = el(
        "figure", {class: "chart"},
        el("figcaption", {}, el("h3", {}, options.title), options.note ? el("p", {class: "note"}, options.note) : null),
        el("div", {class: "canvas", style: "height:" + height + "px"}, canvas),
        rest > 0 ? el("p", {class: "note"},
                      t("The first {shown} of {all}; the table has them all.",
                        {shown: number(shown), all: number(options.labels.length)})) :
                   null,
        foldout(t("As a table"), () => chartTable(options, format)));
    drawnCharts.push(barChart(canvas, options, shown, format));
    return node;
}

/* The first of the labels, as bars or columns. */
function barChart(canvas, options, shown, format) {
    const bars = options.kind === "bars";
    const values = {
        beginAtZero: true,
        grid: {drawBorder: false},
        title: {display: Boolean(options.axis), text: options.axis},
        ticks: {
            callback: format,
            precision: format === number ? 0 : undefined,
            maxTicksLimit: () => (onPhone() ? 5 : 7),
            maxRotation: 0,
            autoSkipPadding: 10
        }
    };
    const names = {
        grid: {display: false},
        title: {display: Boolean(options.nameAxis), text: options.nameAxis},
        ticks: {
            autoSkip: false,
            maxRotation: 60,
            font: {size: bars ? 12 : 11},
            callback: function wrapped(value) {
                return wrap(this.getLabelForValue(value), this.chart.width);
            }
        }
    };
    return new Chart(canvas, {
        type: "bar",
        data: {
            labels: options.labels.slice(0, shown),
            datasets: options.series.map((series) => ({
                                             label: series.label,
                                             data: series.values.slice(0, shown),
                                             backgroundColor: series.colour,
                                             categoryPercentage: 0.75,
                                             barPercentage: 0.95
                                         }))
        },
        options: {
            indexAxis: bars ? "y" : "x",
            scales: bars ? {x: values, y: names} : {x: names, y: values},
            plugins: {
                legend: {
                    display: options.series.length > 1,
                    position: "top",
                    align: "start",
                    labels: {boxWidth: 12, boxHeight: 12}
                },
                tooltip: {
                    callbacks: {
                        title: (items) => options.labels[items[0].dataIndex],
                        label: (item) => item.dataset.label + ": " + format(item.raw)
                    }
                }
            }
        }
    });
}

function chartTable(options, format) {
    const columns = [
        {
            label: options.nameLabel,
            cell: (row) => options.labels[row],
            sort: (row) => (options.ordered ? row : options.labels[row]),
            strong: true
        },
        ...options.series.map((series) => ({
                                  label: series.label,
                                  cell: (row) => format(series.values[row]),
                                  sort: (row) => series.values[row],
                                  numeric: true
                              }))
    ];
    return table({caption: options.title, columns, rows: options.labels.map((_, i) => i)});
}

/* The two states as series; today only where somebody has a post today. */
function bothSeries(facts, today, plan) {
    const series = [{label: t("Plan"), values: plan, colour: PLAN_COLOUR}];
    return facts.statusQuo ? [{label: t("Today"), values: today, colour: TODAY_COLOUR}, ...series] : series;
}

function shortageChart(facts, title, nameLabel, nameOf) {
    const most = (sum) => (facts.statusQuo ? Math.max(sum.today, sum.plan) : sum.plan);
    const sums = shortageBy(facts, nameOf)
                     .filter((sum) => most(sum) > 0)
                     .sort((a, b) => most(b) - most(a) || compareText(a.name, b.name));
    if (sums.length === 0)
        return null;
    return chartFigure({
        title,
        kind: "bars",
        nameLabel,
        labels: sums.map((sum) => sum.name),
        axis: t("empty seats"),
        format: number,
        series: bothSeries(facts, sums.map((sum) => sum.today), sums.map((sum) => sum.plan))
    });
}

function distanceLabel(ends, i) {
    if (i === 0)
        return t("under {to}", {to: number(ends[0])});
    const to = ends[i], from = ends[i - 1];
    return Number.isFinite(to) ? number(from) + "–" + number(to) : t("over {from}", {from: number(from)});
}

function distanceChart(facts) {
    const counts = {plan: distanceCounts(facts, "plan"), today: distanceCounts(facts, "today")};
    if (counts.plan.every((count) => !count))
        return null;
    return chartFigure({
        title: t("How far people work from home"),
        kind: "columns",
        nameLabel: t("Distance, km"),
        nameAxis: t("km from home to post"),
        ordered: true,
        labels: facts.distances.map((_, i) => distanceLabel(facts.distances, i)),
        axis: t("people"),
        format: number,
        series: bothSeries(facts, counts.today, counts.plan)
    });
}

function workloadChart(facts) {
    const load = facts.plan.unit_load;
    if (!load)
        return null;
    const rows =
        load.unit
            .map((unit, i) => ({name: facts.plan.units[unit], work: load.hours_work[i], staff: load.hours_staff[i]}))
            .filter((row) => row.work > 0 && row.staff > 0)
            .map((row) => ({name: row.name, share: row.work / row.staff}))
            .sort((a, b) => Math.abs(b.share - 1) - Math.abs(a.share - 1) || compareText(a.name, b.name));
    if (rows.length === 0)
        return null;
    const note = t("Hours of work for each hour of staff: at one hundred per cent they are the same.");
    if (rows.length > MOST_BARS)
        return workloadColumns(rows, note);
    return chartFigure({
        title: t("Workload of the offices"),
        note,
        kind: "bars",
        nameLabel: t("Office"),
        labels: rows.map((row) => row.name),
        format: (value) => percent(value, 1),
        series: [{label: t("Workload"), values: rows.map((row) => row.share), colour: PLAN_COLOUR}]
    });
}

/* Of many offices: how many have how much work. */
function workloadColumns(rows, note) {
    const counts = LOADS.map(() => 0);
    for (const row of rows)
        counts[LOADS.findIndex((end) => row.share < end)]++;
    const label = (end, i) => i === 0 ? t("under {to}", {to: percent(end)}) :
        Number.isFinite(end)          ? number(LOADS[i - 1] * 100) + "–" + percent(end) :
                                        t("{load} or more", {load: percent(LOADS[i - 1])});
    const node = chartFigure({
        title: t("Workload of the offices"),
        note,
        kind: "columns",
        nameLabel: t("Workload"),
        nameAxis: t("Workload"),
        axis: t("offices"),
        ordered: true,
        labels: LOADS.map(label),
        format: number,
        series: [{label: t("offices"), values: counts, colour: PLAN_COLOUR}]
    });
    node.append(foldout(
        t("Every office"),
        () => table({
            caption: t("Every office"),
            rows,
            search: (row) => row.name,
            columns: [
                {label: t("Office"), cell: (row) => row.name, strong: true},
                {label: t("Workload"), cell: (row) => percent(row.share, 1), sort: (row) => row.share, numeric: true}
            ]
        })));
    return node;
}

/* The rules of a name taken together, where there are too many to show each. */
function quotaTotals(rows) {
    const totals = new Map();
    for (const row of rows) {
        const total = totals.get(row.rule) || {rule: row.rule, groups: 0, max: 0, value: 0, before: 0};
        total.groups++;
        for (const sum of ["max", "value", "before"])
            total[sum] += row[sum];
        totals.set(row.rule, total);
    }
    return [...totals.values()].map(
        (total) => ({
            ...total,
            name: total.groups > 1 ? t("{rule}, {groups} together", {rule: total.rule, groups: number(total.groups)}) :
                                     total.rule
        }));
}

/* A rule's use of its maximum; money is read best so. */
function quotaChart(facts) {
    const all = (facts.plan.quotas || [])
                    .filter((quota) => quota.max > 0 && quota.value !== null)
                    .map((quota) => ({
                             name: [quota.name, quotaGroup(facts, quota)].filter(Boolean).join(", "),
                             rule: quota.name,
                             max: quota.max,
                             value: quota.value,
                             before: quota.status_quo || 0
                         }));
    const rows = (all.length > MOST_BARS ? quotaTotals(all) : all)
                     .map((row) => ({name: row.name, plan: row.value / row.max, today: row.before / row.max}))
                     .sort((a, b) => b.plan - a.plan || compareText(a.name, b.name));
    if (rows.length === 0)
        return null;
    return chartFigure({
        title: t("Use of budgets and limits"),
        note: t("Part of what is allowed that is used, the fullest first."),
        kind: "bars",
        nameLabel: t("Rule"),
        labels: rows.map((row) => row.name),
        format: (value) => percent(value, 1),
        series: bothSeries(facts, rows.map((row) => row.today), rows.map((row) => row.plan))
    });
}

/* The group of a rule; a place is called by its name. */
function quotaGroup(facts, quota) {
    facts.placeNames ||= new Map(facts.places.map((place) => [place.id, place.name]));
    return facts.placeNames.get(quota.group) || plain(quota.group);
}

function quotaTable(facts) {
    const value = (name) => (row) => (row[name] === null || row[name] === undefined ? "" : shortNumber(row[name], 1));
    const sorted = (name) => (row) => row[name];
    const amount = (label, name) => ({label, cell: value(name), sort: sorted(name), numeric: true});
    return table({
        caption: t("Rules and their use"),
        rows: facts.plan.quotas,
        search: (row) => row.name + " " + quotaGroup(facts, row),
        printed: 20,
        columns: [
            {label: t("Rule"), cell: (row) => row.name, strong: true},
            {label: t("For"), cell: (row) => quotaGroup(facts, row)},
            {label: t("Counts"), cell: (row) => plain(row.measure)}, amount(t("At least"), "min"),
            amount(t("Wanted"), "target"), amount(t("At most"), "max"), amount(t("Plan"), "value"),
            amount(t("Today"), "status_quo"), {label: t("Basis"), cell: (row) => row.basis || ""}
        ]
    });
}

function drawCharts(facts) {
    const charts = [
        shortageChart(facts, t("Empty seats by role"), t("Role"), (post) => post.role),
        shortageChart(facts, t("Empty seats by district"), t("District"), (post) => facts.places[post.place].district),
        distanceChart(facts), workloadChart(facts), quotaChart(facts)
    ].filter(Boolean);
    if ((facts.plan.quotas || []).length > 0)
        charts.push(el("div", {class: "wide"}, foldout(t("All rules and their use"), () => quotaTable(facts))));
    if (charts.length === 0)
        return;
    fill("chart-grid", charts);
    show("charts");
}
