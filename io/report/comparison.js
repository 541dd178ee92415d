/* Scenarios side by side: what is set otherwise, figures, shortage, rules, and who is placed differently. */
/* What each scenario is called: its title without what all begin with, or its name where that says nothing. */
function scenarioTitles(comparison) {
    const titles = comparison.scenarios.map((scenario) => scenario.title || "");
    let common = titles[0].length;
    while (!titles.every((title) => title.startsWith(titles[0].slice(0, common))))
        common--;
    const begin = Math.max(titles[0].lastIndexOf(", ", common - 2) + 2, 0);
    const short = titles.map((title) => capital(title.slice(begin < 2 ? 0 : begin)));
    return new Set(short).size < short.length || short.includes("") ?
        comparison.scenarios.map((scenario) => scenario.name) :
        short;
}

/* A column for each scenario; a row is an indicator, or like one, with values[i] that of the i-th. */
function scenarioColumns(comparison) {
    return scenarioTitles(comparison).map((label, i) => ({
                                              label,
                                              numeric: true,
                                              sort: (row) => row.values[i],
                                              cell: (row) => {
                                                  const value = row.values[i], first = row.values[0];
                                                  const compared = i > 0 && !(row.otherwise || [])[i] &&
                                                      typeof value === "number" && typeof first === "number";
                                                  const text = compared ? difference(row, value - first) : "";
                                                  const judged = compared ? judgement(row, value - first) : "";
                                                  return el(
                                                      "span", {}, figure(row, value),
                                                      text ? el("span", {class: "soft " + judged}, " " + text) : null,
                                                      judged ?
                                                          el("span", {class: "unseen"}, " " + judgementText(judged)) :
                                                          null);
                                              }
                                          }));
}

function scenarioTable(comparison, caption, label, rows, fixed = true) {
    return table({
        caption,
        rows,
        fixed,
        pageSizes: [100, 100],
        columns: [{label, cell: (row) => row.text, strong: true}, ...scenarioColumns(comparison)]
    });
}

function changesNode(comparison) {
    return el("dl", {class: "changes"}, scenarioTitles(comparison).flatMap((title, i) => {
        const changes = (comparison.changes || [])[i] || [];
        const first = i === 0 ? t("the one the others are compared with") : t("set like the first");
        return [
            el("dt", {}, title),
            el("dd", {}, changes.length > 0 ? el("ul", {}, changes.map((change) => el("li", {}, change))) : first)
        ];
    }));
}

function comparisonLevels(comparison) {
    const names = [...new Set(comparison.scenarios.flatMap((scenario) => scenario.levels.map((level) => level.name)))];
    const text = (name) =>
        comparison.scenarios.flatMap((scenario) => scenario.levels).find((level) => level.name === name).text;
    const levels = (name) => comparison.scenarios.map((scenario) => scenario.levels.find((one) => one.name === name));
    return names.map((name) => ({
                         name,
                         decimals: 0,
                         text: capital(text(name) || plain(name)),
                         values: levels(name).map((level) => (level ? level.value : null)),
                         otherwise: levels(name).map((level) => Boolean(level && level.otherwise))
                     }));
}

function comparisonChart(comparison, title, nameLabel, groups) {
    const rows = groups.filter((group) => group.values.some((value) => value > 0))
                     .sort((a, b) => Math.max(...b.values) - Math.max(...a.values) || compareText(a.name, b.name));
    if (rows.length === 0)
        return null;
    return chartFigure({
        title,
        kind: "bars",
        nameLabel,
        labels: rows.map((row) => plain(row.name)),
        axis: t("empty seats"),
        format: number,
        series: scenarioTitles(comparison).map((label, i) => ({
                                                   label,
                                                   values: rows.map((row) => row.values[i]),
                                                   colour: SERIES_COLOURS[i % SERIES_COLOURS.length]
                                               }))
    });
}

/* null: the person is not among those of the scenario. */
function heldPost(post) {
    return post === null ? t("not in this scenario") : plain(post) || t("without a post");
}

function comparisonPeople(comparison) {
    return table({
        caption: t("People who are placed differently"),
        rows: comparison.people,
        printed: 0,
        search: (row) => [row.person, row.name, ...row.posts, ...row.why].join(" "),
        columns: [
            {
                label: t("Person"),
                cell: (row) =>
                    el("span", {}, row.name || row.person,
                       row.name ? el("span", {class: "soft"}, " " + row.person) : null),
                sort: (row) => row.name || row.person,
                strong: true
            },
            ...scenarioTitles(comparison).map((label, i) => ({
                                                  label,
                                                  sort: (row) => row.posts[i] || null,
                                                  cell: (row) =>
                                                      el("span", {}, heldPost(row.posts[i]),
                                                         el("span", {class: "soft"}, " " + (row.why[i] || "")))
                                              }))
        ]
    });
}

/* Each change without the others, where pulang compare was given the folder to try it. */
function effectsNodes(comparison) {
    const titles = scenarioTitles(comparison);
    const scenarioOf = (row) =>
        titles[comparison.scenarios.findIndex((scenario) => scenario.name === row.scenario)] || row.scenario;
    const value = (row, name) => {
        const level = row.levels.find((one) => one.name === name);
        return level && !level.otherwise ? level.value : null;
    };
    const aims = comparisonLevels(comparison)
                     .map((aim) => ({label: aim.text, cell: (row) => number(value(row, aim.name)), numeric: true}));
    const rows = (comparison.effects || []).filter((effect) => effect.tried);
    const effects = table({
        caption: t("What each change does on its own"),
        fixed: true,
        rows,
        columns: [
            {label: t("Change"), cell: (row) => row.change, strong: true}, {label: t("Scenario"), cell: scenarioOf},
            ...aims, {
                label: t("People elsewhere"),
                cell: (row) => (row.plan ? number(row.elsewhere) : t("no plan")),
                numeric: true
            }
        ]
    });
    return rows.length > 0 ? [el("h3", {}, t("What each change does on its own")), effects] : [];
}

function drawComparison(comparison) {
    const heading = (text) => el("h3", {}, text);
    const parts = [
        heading(t("What is set otherwise")), changesNode(comparison), ...effectsNodes(comparison),
        heading(t("Figures")),
        scenarioTable(
            comparison, t("Figures"), t("Figure"),
            comparison.indicators.map((row) => ({...row, text: capital(row.description || plain(row.name))}))),
        heading(t("Aims, in their order")),
        scenarioTable(comparison, t("Aims, in their order"), t("Aim"), comparisonLevels(comparison))
    ];
    const shortage = comparison.shortage || {};
    parts.push(el("div", {class: "grid"}, [
        comparisonChart(comparison, t("Empty seats by role"), t("Role"), shortage.roles || []),
        comparisonChart(comparison, t("Empty seats by district"), t("District"), shortage.districts || [])
    ]));
    if ((comparison.quotas || []).length > 0)
        parts.push(foldout(
            t("Rules and their use"),
            () => scenarioTable(
                comparison, t("Rules and their use"), t("Rule"),
                comparison.quotas.map(
                    (row) => ({...row, decimals: 1, text: [row.name, plain(row.group)].filter(Boolean).join(", ")})),
                false)));
    if ((comparison.people || []).length > 0)
        parts.push(heading(t("People who are placed differently")), comparisonPeople(comparison));
    if (!report.plan)
        fill(
            "lead",
            t("People who are placed differently: {count}.", {count: number((comparison.people || []).length)}));
    fill("comparison-parts", parts);
    show("comparison");
}
