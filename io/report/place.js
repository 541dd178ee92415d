/* What stands beside the map: all villages in short, or one village with its posts and people. */
const FIRST_PEOPLE = 12; /* shown before "show all" */
const WORST = 8;

function postText(post) {
    return [post.role, post.unit].filter((text) => text !== "").join(", ");
}

function personText(person) {
    return person.name || person.id;
}

/* A list of which the first are shown, and the rest when asked for. */
function longList(items, make) {
    const list = el("ul", {class: "plain"}, items.slice(0, FIRST_PEOPLE).map(make));
    if (items.length <= FIRST_PEOPLE)
        return [list];
    const button = el("button", {type: "button", class: "more"}, t("Show all {count}", {count: number(items.length)}));
    button.addEventListener("click", () => {
        list.append(...items.slice(FIRST_PEOPLE).map(make));
        list.tabIndex = -1;
        button.remove();
        list.focus();
    });
    return [list, button];
}

function overviewNode(facts, view) {
    const worst = facts.places.filter((place) => place.short[view] > 0)
                      .sort((a, b) => b.short[view] - a.short[view] || compareText(a.name, b.name))
                      .slice(0, WORST);
    const strongest = flows(facts, view, null).slice(0, WORST);
    const parts = [el("h3", {}, view === "plan" ? t("In the plan") : t("Today"))];
    if (worst.length > 0)
        parts.push(
            el("h4", {}, t("Most empty seats")),
            el("ul", {class: "plain ranks"},
               worst.map(
                   (place) => el(
                       "li", {}, el("span", {}, place.name),
                       el("span", {},
                          t("{short} of {seats}", {short: number(place.short[view]), seats: number(place.target)}))))));
    if (strongest.length > 0)
        parts.push(
            el("h4", {}, t("Most people from home to post")),
            el("ul", {class: "plain ranks"},
               strongest.map(
                   (flow) =>
                       el("li", {}, el("span", {}, flow.from.name + " → " + flow.to.name),
                          el("span", {}, number(flow.heads))))));
    if (worst.length === 0 && strongest.length === 0)
        parts.push(el("p", {}, t("No seat is empty and nobody works away from home.")));
    return parts;
}

function fillingText(place, view) {
    const values = {filled: number(place.filled[view]), seats: number(place.target), short: number(place.short[view])};
    return t("{filled} people for {seats} seats; {short} empty.", values);
}

function nativesText(place, view) {
    const placed = place.natives.filter((person) => person.post[view]);
    const here = placed.filter((person) => person.post[view].place === place.index);
    return t(
        "{count} people come from here: {here} work here, {away} elsewhere.",
        {count: number(place.natives.length), here: number(here.length), away: number(placed.length - here.length)});
}

function placePosts(facts, place) {
    return el(
        "table", {class: "small"}, el("caption", {class: "unseen"}, t("Posts")),
        el("thead", {},
           el("tr", {},
              [t("Post"), t("Seats"), ...(facts.statusQuo ? [t("Today")] : []), t("Plan")].map(
                  (label, i) => el("th", {scope: "col", class: i > 0 ? "number" : null}, label)))),
        el("tbody", {},
           place.posts.map((post) => el("tr", {}, el("th", {scope: "row"}, postText(post)), [
                               post.target, ...(facts.statusQuo ? [post.filled.today] : []), post.filled.plan
                           ].map((value) => el("td", {class: "number"}, number(value)))))));
}

function workerNode(person, view) {
    const from = person.origin ? t("from {place}", {place: person.origin.name}) : t("home unknown");
    return el("li", {}, personText(person), el("span", {class: "soft"}, " " + person.post[view].role + ", " + from));
}

function placeNode(facts, place, view) {
    const people = report.anonymous ? [] : place.posts.flatMap((post) => (post.people ? post.people[view] : []));
    return [
        el("h3", {}, place.name), el("p", {class: "soft"}, place.district), el("p", {}, fillingText(place, view)),
        facts.origins ? el("p", {}, nativesText(place, view)) : null,
        place.posts.length > 0 ? placePosts(facts, place) : null,
        people.length > 0 ? el("h4", {}, view === "plan" ? t("People here in the plan") : t("People here today")) :
                            null,
        ...(people.length > 0 ? longList(people, (person) => workerNode(person, view)) : [])
    ];
}
