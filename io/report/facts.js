/* The plan put together from its columns: posts, places and people that know each other, and sums over them. */
const VIEWS = ["today", "plan"];

function makePosts(plan) {
    const posts = plan.posts;
    return posts.id.map((id, index) => {
        const target = posts.target[index] || 0;
        const filled = {plan: posts.filled[index] || 0, today: posts.today[index] || 0};
        return {
            index,
            id,
            place: posts.place[index],
            target,
            filled,
            unit: plan.units[posts.unit[index]] || "",
            role: plain(plan.roles[posts.role[index]]),
            short: {plan: Math.max(0, target - filled.plan), today: Math.max(0, target - filled.today)},
            why: plan.reasons[posts.why[index]] || ""
        };
    });
}

function makePlaces(plan, posts) {
    const columns = plan.places;
    const places = columns.id.map(
        (id, index) => ({
            index,
            id,
            name: columns.name[index] || id,
            district: plan.districts[columns.district[index]] || "",
            at: columns.lat[index] === null || columns.lon[index] === null ? null :
                                                                             [columns.lat[index], columns.lon[index]],
            remoteness: columns.remoteness[index],
            posts: [],
            natives: [],
            target: 0,
            short: {plan: 0, today: 0},
            filled: {plan: 0, today: 0}
        }));
    for (const post of posts) {
        const place = places[post.place];
        place.posts.push(post);
        place.target += post.target;
        for (const view of VIEWS) {
            place.short[view] += post.short[view];
            place.filled[view] += post.filled[view];
        }
    }
    return places;
}

function makePeople(plan, posts, places) {
    const columns = plan.persons || {id: []}; /* left out where they are too many */
    const districtOf = columns.origin_district || [];
    return columns.id.map((id, index) => {
        const at = (list, i) => (i === null || i < 0 ? null : list[i]);
        const person = {
            index,
            id,
            name: columns.name[index] || "",
            category: plain(plan.categories[columns.category[index]]),
            origin: at(places, columns.origin[index]),
            post: {plan: at(posts, columns.post[index]), today: at(posts, columns.today[index])},
            km: {plan: columns.km[index], today: columns.km_today[index]},
            district: plan.districts[districtOf[index]] || "",
            phase: columns.phase ? columns.phase[index] : 0,
            why: plan.reasons[columns.why[index]] || ""
        };
        if (person.origin)
            person.origin.natives.push(person);
        return person;
    });
}

/* A district lies in the middle of its places. */
function makeDistricts(plan, places) {
    return plan.districts.map((name, index) => {
        const points = places.filter((place) => place.district === name && place.at).map((place) => place.at);
        const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
        return {index, name, at: points.length > 0 ? [mean(0), mean(1)] : null};
    });
}

/* moves, stays, starts (without a post today), unplaced */
function fate(person) {
    if (!person.post.plan)
        return "unplaced";
    if (!person.post.today)
        return "starts";
    return person.post.plan === person.post.today ? "stays" : "moves";
}

function makeFacts(plan) {
    const posts = makePosts(plan);
    const places = makePlaces(plan, posts);
    const people = makePeople(plan, posts, places);
    for (const person of people)
        for (const view of VIEWS)
            if (person.post[view])
                (person.post[view].people ||= {plan: [], today: []})[view].push(person);
    return {
        plan,
        posts,
        places,
        people,
        districts: makeDistricts(plan, places),
        distances: plan.distances ? plan.distances.below.map((end) => end ?? Infinity) : [],
        statusQuo: posts.some((post) => post.filled.today > 0),
        asked: posts.some((post) => post.target > 0),
        origins: people.some((person) => person.origin)
    };
}

/* The empty part of a place's seats; null where there is none to fill. */
function shortShare(place, view) {
    return place.target > 0 ? place.short[view] / place.target : null;
}

/* Seats and empty seats by a property of the posts: [{ name, target, today, plan }]. */
function shortageBy(facts, nameOf) {
    const sums = new Map();
    for (const post of facts.posts) {
        const name = nameOf(post);
        const sum = sums.get(name) || {name, target: 0, today: 0, plan: 0};
        sum.target += post.target;
        for (const view of VIEWS)
            sum[view] += post.short[view];
        sums.set(name, sum);
    }
    return [...sums.values()];
}

/* People by the distance between home and post: a count for each class, null where the plan keeps it to itself. */
function distanceCounts(facts, view) {
    return facts.plan.distances ? facts.plan.distances[view] : [];
}

/* The ways of a plan that does not tell of single persons: between places, or between districts. */
function toldFlows(facts, view, place) {
    const told = facts.plan.flows, zones = told.by === "district" ? facts.districts : facts.places;
    const zone =
        place && told.by === "district" ? facts.districts.find((district) => district.name === place.district) : place;
    return told.from.map((from, i) => ({from: zones[from], to: zones[told.to[i]], heads: told[view][i] || 0}))
        .filter(
            (flow) => flow.heads > 0 && flow.from !== flow.to && flow.from.at && flow.to.at &&
                (!zone || flow.from === zone || flow.to === zone));
}

/* The ways that people go from home to another place: [{ from, to, heads }], most heads first. */
function flows(facts, view, place) {
    const found = facts.plan.flows ? toldFlows(facts, view, place) : personFlows(facts, view, place);
    return found.sort((a, b) => b.heads - a.heads || a.from.index - b.from.index || a.to.index - b.to.index);
}

function personFlows(facts, view, place) {
    const heads = new Map();
    for (const person of facts.people) {
        const post = person.post[view];
        if (!post || !person.origin || person.origin.index === post.place)
            continue;
        const to = facts.places[post.place];
        if (!person.origin.at || !to.at || (place && person.origin !== place && to !== place))
            continue;
        const key = person.origin.index * facts.places.length + to.index;
        const flow = heads.get(key) || {from: person.origin, to, heads: 0};
        flow.heads++;
        heads.set(key, flow);
    }
    return [...heads.values()];
}
