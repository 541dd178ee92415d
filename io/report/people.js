/* The table of placements with its reasons, and the posts that are still short. */
function fates(facts) {
    const words = [
        ["moves", t("moves")], ["stays", t("stays")], ["starts", t("has no post today")],
        ["unplaced", t("without a post")]
    ];
    const found = new Set(facts.people.map(fate));
    return words.filter(([value]) => found.has(value));
}

function names(values) {
    return [...new Set(values)].filter((value) => value !== "").sort(compareText).map((value) => [value, value]);
}

function districtOf(facts, post) {
    return post ? facts.places[post.place].district : "";
}

function postNode(facts, post) {
    if (!post)
        return "–";
    const place = facts.places[post.place];
    return el(
        "span", {}, postText(post),
        el("span", {class: "soft"},
           " " + t("{place} ({district})", {place: place.name, district: place.district || "–"})));
}

function postSort(facts, post) {
    return post ? districtOf(facts, post) + " " + facts.places[post.place].name + " " + postText(post) : null;
}

function personNode(person) {
    return el("span", {}, person.name || person.id, person.name ? el("span", {class: "soft"}, " " + person.id) : null);
}

/* The home village; of an anonymous person at most the district. */
function homeText(person) {
    return person.origin ? person.origin.name : person.district;
}

function peopleColumns(facts) {
    const told = (value) => facts.people.some(value);
    const today = told((person) => person.post.today);
    const columns = [{label: t("Person"), cell: personNode, sort: (row) => row.name || row.id, strong: true}];
    if (told((person) => person.category))
        columns.push({label: t("Category"), cell: (row) => row.category});
    if (told((person) => homeText(person)))
        columns.push({label: t("Home"), cell: (row) => homeText(row) || "–", sort: (row) => homeText(row) || null});
    if (today)
        columns.push({
            label: t("Post today"),
            cell: (row) => postNode(facts, row.post.today),
            sort: (row) => postSort(facts, row.post.today)
        });
    columns.push({
        label: t("Post in the plan"),
        cell: (row) => postNode(facts, row.post.plan),
        sort: (row) => postSort(facts, row.post.plan)
    });
    if (told((person) => person.km.today !== null))
        columns.push({
            label: t("Home km today"),
            cell: (row) => number(row.km.today, 1),
            sort: (row) => row.km.today,
            numeric: true
        });
    if (told((person) => person.km.plan !== null))
        columns.push(
            {label: t("Home km"), cell: (row) => number(row.km.plan, 1), sort: (row) => row.km.plan, numeric: true});
    if (facts.people.some((person) => person.phase > 0))
        columns.push({
            label: t("Step"),
            cell: (row) => (row.phase > 0 ? number(row.phase) : ""),
            sort: (row) => row.phase,
            numeric: true
        });
    if (told((person) => person.why))
        columns.push({label: t("Why"), cell: (row) => row.why});
    return columns;
}

function personSearch(facts, person) {
    const post = (view) =>
        (person.post[view] ? postText(person.post[view]) + " " + facts.places[person.post[view].place].name : "");
    return [person.name, person.id, person.category, homeText(person), post("plan"), post("today"), person.why].join(
        " ");
}

function peopleTable(facts) {
    return table({
        caption: t("Who goes where, and why"),
        columns: peopleColumns(facts),
        rows: facts.people,
        printed: 0,
        search: (row) => personSearch(facts, row),
        filters: [
            {
                label: t("District in the plan"),
                options: names(facts.places.map((place) => place.district)),
                keeps: (row, value) => districtOf(facts, row.post.plan) === value
            },
            {
                label: t("Role in the plan"),
                options: names(facts.posts.map((post) => post.role)),
                keeps: (row, value) => Boolean(row.post.plan) && row.post.plan.role === value
            },
            {label: t("What changes"), options: fates(facts), keeps: (row, value) => fate(row) === value}
        ]
    });
}

function shortTable(facts) {
    const rows = facts.posts.filter((post) => post.short.plan > 0).sort((a, b) => b.short.plan - a.short.plan);
    if (rows.length === 0)
        return el("p", {}, t("None: every seat that is asked for is filled."));
    const place = (row) => facts.places[row.place];
    const amount = (label, value) => ({label, cell: (row) => number(value(row)), sort: value, numeric: true});
    return table({
        caption: t("Posts still short"),
        rows,
        search: (row) => [row.role, row.unit, place(row).name, row.why].join(" "),
        printed: 10,
        pageSizes: [10, 6],
        filters: [
            {
                label: t("District"),
                options: names(rows.map((row) => place(row).district)),
                keeps: (row, value) => place(row).district === value
            },
            {label: t("Role"), options: names(rows.map((row) => row.role)), keeps: (row, value) => row.role === value}
        ],
        columns: [
            {label: t("Post"), cell: postText, strong: true}, {label: t("Village"), cell: (row) => place(row).name},
            {label: t("District"), cell: (row) => place(row).district}, amount(t("Seats"), (row) => row.target),
            amount(t("Empty"), (row) => row.short.plan),
            ...(facts.statusQuo ? [amount(t("Empty today"), (row) => row.short.today)] : []),
            {label: t("Why"), cell: (row) => row.why}
        ]
    });
}

function drawPeople(facts) {
    if (facts.asked) {
        fill("short-table", shortTable(facts));
        show("short");
    }
    if (facts.people.length > 0) {
        fill("people-table", peopleTable(facts));
        show("people");
    } else if (facts.plan.persons_left_out) {
        fill("people-table", el("p", {}, t("{count} people are too many for this page; placements.csv lists them.", {
                                    count: number(facts.plan.persons_left_out)
                                })));
        show("people");
    }
}
