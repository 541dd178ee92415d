/* Scenarios side by side: what is set otherwise, figures, shortage, rules, and who is placed differently. */
function scenarioTitle(scenario) {
    return scenario.title || scenario.name;
}

/* A column for each scenario; a row is an indicator, or like one, with values[i] that of the i-th. */
function scenarioColumns(comparison) {
    return comparison.scenarios.map((scenario, i) => ({
        label: scenarioTitle(scenario), numeric: true, sort: (row) => row.values[i],
        cell: (row) => {
            const value = row.values[i], first = row.values[0];
            const compared = i > 0 && typeof value === "number" && typeof first === "number";
            const text = compared ? difference(row, value - first) : "";
            return el("span", {}, figure(row, value), text ? el("span", { class: "soft" }, " " + text) : null);
        } }));
}

function scenarioTable(comparison, caption, label, rows) {
    return table({ caption, rows, pageSize: 100, columns: [{ label, cell: (row) => row.text, strong: true }, ...scenarioColumns(comparison)] });
}

function changesNode(comparison) {
    return el("dl", { class: "changes" }, comparison.scenarios.flatMap((scenario, i) => {
        const changes = (comparison.changes || [])[i] || [];
        const first = i === 0 ? t("the one the others are compared with") : t("set like the first");
        return [el("dt", {}, scenarioTitle(scenario)),
                el("dd", {}, changes.length > 0 ? el("ul", {}, changes.map((change) => el("li", {}, change))) : first)];
    }));
}

function comparisonLevels(comparison) {
    const names = [...new Set(comparison.scenarios.flatMap((scenario) => scenario.levels.map((level) => level.name)))];
    return names.map((name) => ({ name, decimals: 0, text: plain(name), values: comparison.scenarios.map((scenario) => {
        const level = scenario.levels.find((one) => one.name === name);
        return level ? level.value : null;
    }) }));
}

function comparisonChart(comparison, title, nameLabel, groups) {
    const rows = groups.filter((group) => group.values.some((value) => value > 0))
        .sort((a, b) => Math.max(...b.values) - Math.max(...a.values) || compareText(a.name, b.name));
    if (rows.length === 0)
        return null;
    return chartFigure({ title, kind: "bars", nameLabel, labels: rows.map((row) => plain(row.name)), axis: t("empty seats"), format: number,
                         series: comparison.scenarios.map((scenario, i) => ({ label: scenarioTitle(scenario), values: rows.map((row) => row.values[i]),
                                                                              colour: SERIES_COLOURS[i % SERIES_COLOURS.length] })) });
}

function comparisonPeople(comparison) {
    return table({ caption: t("People who are placed differently"), rows: comparison.people, printed: 0,
                   search: (row) => [row.person, row.name, ...row.posts, ...row.why].join(" "),
                   columns: [{ label: t("Person"), cell: (row) => el("span", {}, row.name || row.person, row.name ? el("span", { class: "soft" }, " " + row.person) : null),
                               sort: (row) => row.name || row.person, strong: true },
                             ...comparison.scenarios.map((scenario, i) => ({ label: scenarioTitle(scenario), sort: (row) => row.posts[i] || null,
                                 cell: (row) => el("span", {}, plain(row.posts[i]) || t("without a post"), el("span", { class: "soft" }, " " + (row.why[i] || ""))) }))] });
}

function drawComparison(comparison) {
    const heading = (text) => el("h3", {}, text);
    const parts = [heading(t("What is set otherwise")), changesNode(comparison), heading(t("Figures")),
                   scenarioTable(comparison, t("Figures"), t("Figure"), comparison.indicators.map((row) => ({ ...row, text: row.description || plain(row.name) }))),
                   heading(t("Aims, in their order")),
                   scenarioTable(comparison, t("Aims, in their order"), t("Aim"), comparisonLevels(comparison))];
    const shortage = comparison.shortage || {};
    parts.push(el("div", { class: "grid" }, [
        comparisonChart(comparison, t("Empty seats by role"), t("Role"), shortage.roles || []),
        comparisonChart(comparison, t("Empty seats by district"), t("District"), shortage.districts || [])]));
    if ((comparison.quotas || []).length > 0)
        parts.push(foldout(t("Rules and their use"), () => scenarioTable(comparison, t("Rules and their use"), t("Rule"),
            comparison.quotas.map((row) => ({ ...row, decimals: 1, text: [row.name, plain(row.group)].filter(Boolean).join(", ") })))));
    if ((comparison.people || []).length > 0)
        parts.push(heading(t("People who are placed differently")), comparisonPeople(comparison));
    fill("comparison-parts", parts);
    show("comparison");
}
