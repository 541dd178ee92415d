/* The first screen: what the plan achieves, how good it is, and the aims in their order. */

/* The figures that come first. */
const N_TILES = 6;

function tileTexts() {
    return {
        placed: t("People with a post"),
        short: t("Empty seats"),
        home_village_share: t("Placed in their home village"),
        home_km_mean: t("Mean distance from home"),
        expected_stayers: t("Expected to stay"),
        moves: t("People who move"),
        unplaced: t("People without a post")
    };
}

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

function headCount(plan) {
    return indicatorOf(plan, "placed").plan + indicatorOf(plan, "unplaced").plan;
}

function leadText(facts) {
    const placed = indicatorOf(facts.plan, "placed"), short = indicatorOf(facts.plan, "short");
    if (!placed || !short)
        return "";
    const people =
        t("{placed} of {all} people have a post.", {placed: number(placed.plan), all: number(headCount(facts.plan))});
    const values = {short: number(short.plan), before: number(short.status_quo)};
    const seats =
        facts.statusQuo ? t("Empty seats: {short}; today: {before}.", values) : t("Empty seats: {short}.", values);
    return facts.asked ? people + " " + seats : people;
}

/* Figures that say nothing here are passed over: moves where nobody has a post, shortage where no seats are asked for,
   home where nobody's is known. */
function tileIndicators(facts) {
    const homes = distanceCounts(facts, "plan").some((count) => count !== 0);
    return Object.keys(tileTexts())
        .filter(
            (name) => (name !== "moves" || facts.statusQuo) && (name !== "short" || facts.asked) &&
                (!name.startsWith("home_") || homes))
        .map((name) => indicatorOf(facts.plan, name))
        .filter((indicator) => indicator && indicator.plan !== null)
        .slice(0, N_TILES);
}

/* better, worse or "" where nothing changes or nobody can say; better is 1 where more is better, -1 where less is. */
function judgement(indicator, change) {
    if (!indicator.better || difference(indicator, change) === "")
        return "";
    return change > 0 === indicator.better > 0 ? "better" : "worse";
}

function judgementText(judged) {
    return judged === "" ? "" : judged === "better" ? t("better") : t("worse");
}

function tile(plan, indicator, statusQuo) {
    const judged = judgement(indicator, indicator.plan - indicator.status_quo);
    const change = difference(indicator, indicator.plan - indicator.status_quo);
    const compared = statusQuo && indicator.name !== "moves";
    return el(
        "div", {class: "tile"}, el("p", {class: "what", title: indicator.description}, tileTexts()[indicator.name]),
        el("p", {class: "value"}, figure(indicator, indicator.plan),
           unitOf(indicator) === "km" ? el("small", {}, " km") : null),
        indicator.name === "moves" ?
            el("p", {class: "before"},
               t("{share} of all people", {share: percent(indicator.plan / headCount(plan), 1)})) :
            null,
        compared ? el("p", {class: "before"}, t("today {value}", {value: figure(indicator, indicator.status_quo)}),
                      change ? el("span", {class: "change " + judged}, change) : null,
                      judged ? el("span", {class: "unseen"}, " " + judgementText(judged)) : null) :
                   null);
}

function indicatorTable(plan, statusQuo) {
    const columns = [
        {label: t("Figure"), cell: (row) => capital(row.description || plain(row.name)), strong: true},
        {label: t("Plan"), cell: (row) => figure(row, row.plan), sort: (row) => row.plan, numeric: true}
    ];
    if (statusQuo)
        columns.push(
            {
                label: t("Today"),
                cell: (row) => figure(row, row.status_quo),
                sort: (row) => row.status_quo,
                numeric: true
            },
            {
                label: t("Difference"),
                cell: (row) => difference(row, row.plan - row.status_quo),
                sort: (row) => row.plan - row.status_quo,
                numeric: true
            },
            {label: t("Better or worse"), cell: (row) => judgementText(judgement(row, row.plan - row.status_quo))});
    columns.push({label: t("Unit"), cell: unitOf});
    return table({caption: t("All figures"), columns, rows: plan.indicators, fixed: true, pageSizes: [100, 100]});
}

function levelTable(plan, statusQuo) {
    const columns = [
        {label: t("Aim"), cell: (row) => row.order + ". " + capital(row.text || plain(row.name)), strong: true},
        {label: t("Plan"), cell: (row) => number(row.value), numeric: true},
        {label: t("At least"), cell: (row) => number(row.bound), numeric: true}
    ];
    if (statusQuo)
        columns.push({label: t("Today"), cell: (row) => number(row.status_quo), numeric: true});
    columns.push({label: t("Proof"), cell: (row) => row.proven ? t("proven") : t("not proven")});
    return table({
        caption: t("What was decided first"),
        columns,
        fixed: true,
        rows: plan.levels.map((level, i) => ({...level, order: i + 1}))
    });
}

function drawHeadline(facts) {
    const plan = facts.plan;
    fill("lead", leadText(facts));
    fill("status", el("span", {class: "mark " + plan.status, "aria-hidden": "true"}), statusText(plan));
    if (plan.gap > 0)
        byId("status").append(" ", t("It is at most {gap} away from the best.", {gap: percent(plan.gap, 2)}));
    if (plan.indicators && plan.indicators.length > 0) {
        fill("tiles", tileIndicators(facts).map((indicator) => tile(plan, indicator, facts.statusQuo)));
        fill("all-figures", foldout(t("All figures"), () => indicatorTable(plan, facts.statusQuo)));
        show("figures");
    }
    if (plan.levels && plan.levels.length > 0) {
        fill("level-table", levelTable(plan, facts.statusQuo));
        show("levels");
    }
}
