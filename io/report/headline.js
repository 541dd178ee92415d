/* The first screen: what the plan achieves, how good it is, and the aims in their order. */

/* The figures that come first; and whether more of a figure is better. */
const TILES = ["placed", "short", "home_village_share", "home_km_mean", "expected_stayers", "moves"];
const MORE_IS_BETTER = { placed: true, posts_at_target: true, home_village_share: true, home_district_share: true,
    expected_stayers: true, skills_met_share: true, merit_weighted: true, stability_share: true, unplaced: false,
    short: false, required_missing: false, overfilled: false, elsewhere_share: false, home_km_mean: false,
    home_km_median: false, home_km_max: false, shortage_gini_places: false, shortage_gini_roles: false,
    worst_district_short_share: false, worst_role_short_share: false, envious: false, violations: false };

function statusText(plan) {
    switch (plan.status) {
    case "optimal":
        return t("This is the best plan there is: it is proven that no other does better by these aims and rules.");
    case "limit":
        return t("This is the best plan found in the time there was. It is not proven that no other does better.");
    case "feasible":
        return t("This is a good plan that keeps the rules. It is not proven that no other does better.");
    default:
        return t("No plan keeps all the rules. The command diagnose shows which rules stand against each other.");
    }
}

function indicatorOf(plan, name) {
    return (plan.indicators || []).find((indicator) => indicator.name === name);
}

function leadText(plan, statusQuo) {
    const placed = indicatorOf(plan, "placed"), short = indicatorOf(plan, "short");
    if (!placed || !short)
        return "";
    const values = { placed: number(placed.plan), short: number(short.plan), before: number(short.status_quo) };
    return statusQuo ? t("{placed} people have a post; {short} seats stay empty, where {before} are empty today.", values)
                     : t("{placed} people have a post; {short} seats stay empty.", values);
}

/* better, worse or "" where nothing changes or nobody can say. */
function judgement(indicator) {
    const more = MORE_IS_BETTER[indicator.name];
    const change = indicator.plan - indicator.status_quo;
    if (more === undefined || difference(indicator, change) === "")
        return "";
    return change > 0 === more ? "better" : "worse";
}

function judgementText(judged) {
    return judged === "" ? "" : judged === "better" ? t("better") : t("worse");
}

function tile(indicator, statusQuo) {
    const judged = judgement(indicator);
    const change = difference(indicator, indicator.plan - indicator.status_quo);
    const compared = statusQuo && indicator.name !== "moves";
    return el("div", { class: "tile" },
        el("p", { class: "what" }, indicator.description),
        el("p", { class: "value" }, figure(indicator, indicator.plan),
           unitOf(indicator) === "km" ? el("small", {}, " km") : null),
        compared ? el("p", { class: "before" }, t("today {value}", { value: figure(indicator, indicator.status_quo) }),
                      change ? el("span", { class: "change " + judged }, change) : null,
                      judged ? el("span", { class: "unseen" }, " " + judgementText(judged)) : null) : null);
}

function indicatorTable(plan, statusQuo) {
    const columns = [{ label: t("Figure"), cell: (row) => row.description || plain(row.name), strong: true },
                     { label: t("Plan"), cell: (row) => figure(row, row.plan), sort: (row) => row.plan, numeric: true }];
    if (statusQuo)
        columns.push({ label: t("Today"), cell: (row) => figure(row, row.status_quo), sort: (row) => row.status_quo, numeric: true },
                     { label: t("Difference"), cell: (row) => difference(row, row.plan - row.status_quo),
                       sort: (row) => row.plan - row.status_quo, numeric: true },
                     { label: t("Better or worse"), cell: (row) => judgementText(judgement(row)) });
    columns.push({ label: t("Unit"), cell: unitOf });
    return table({ caption: t("All figures"), columns, rows: plan.indicators, pageSize: 100 });
}

function levelTable(plan, statusQuo) {
    const columns = [
        { label: t("Order"), cell: (row) => number(row.order), sort: (row) => row.order, numeric: true },
        { label: t("Aim"), cell: (row) => row.text || plain(row.name), strong: true },
        { label: t("Plan"), cell: (row) => number(row.value), sort: (row) => row.value, numeric: true },
        { label: t("At least"), cell: (row) => number(row.bound), sort: (row) => row.bound, numeric: true }];
    if (statusQuo)
        columns.push({ label: t("Today"), cell: (row) => number(row.status_quo), sort: (row) => row.status_quo, numeric: true });
    columns.push({ label: t("Proof"), cell: (row) => row.proven ? t("proven: it cannot be less") : t("not proven") });
    return table({ caption: t("What was decided first"), columns,
                   rows: plan.levels.map((level, i) => ({ ...level, order: i + 1 })) });
}

function drawHeadline(facts) {
    const plan = facts.plan;
    fill("lead", leadText(plan, facts.statusQuo));
    fill("status", el("span", { class: "mark " + plan.status, "aria-hidden": "true" }), statusText(plan));
    if (plan.gap > 0)
        byId("status").append(" ", t("It is at most {gap} away from the best.", { gap: percent(plan.gap, 2) }));
    if (plan.indicators && plan.indicators.length > 0) {
        fill("tiles", TILES.map((name) => indicatorOf(plan, name)).filter(Boolean).map((indicator) => tile(indicator, facts.statusQuo)));
        fill("all-figures", foldout(t("All figures"), () => indicatorTable(plan, facts.statusQuo)));
        show("figures");
    }
    if (plan.levels && plan.levels.length > 0) {
        fill("level-table", levelTable(plan, facts.statusQuo));
        show("levels");
    }
}
