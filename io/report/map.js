/* The map: villages as circles shaded by shortage, districts for orientation, and the ways from home to post. */
const FLOWS = 150; /* strongest that are drawn */
const SHADES = [ /* upper end of the empty part of the seats; blue, then light to dark */
    { end: 0, colour: "#5b8fb0" }, { end: 0.1, colour: "#fee08b" }, { end: 0.25, colour: "#f59c3c" },
    { end: 0.5, colour: "#c8501e" }, { end: 1, colour: "#6b1d12" }];
const NEAREST = 14; /* zoom at which one village, or a few close together, are shown */
const NO_SEATS = "#ffffff";
const INK = "#1d2a33", FLOW = "#3d3270";
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function shadeOf(place, view) {
    const share = shortShare(place, view);
    return share === null ? NO_SEATS : SHADES.find((shade) => share <= shade.end).colour;
}

function shadeText(i) {
    if (i === 0)
        return t("all filled");
    const from = percent(SHADES[i - 1].end), to = percent(SHADES[i].end);
    return t("{from} to {to} empty", {from, to});
}

function seatsOf(place, view) {
    return Math.max(place.target, place.filled[view]);
}

/* most: the seats of the largest place. */
function radiusOf(place, view, most) {
    const seats = seatsOf(place, view), least = onPhone() ? 2.5 : 3.5, span = onPhone() ? 8 : 14;
    return seats === 0 ? 2.5 : least + span * Math.sqrt(seats / most);
}

/* The convex hull of points [lat, lon] (Andrew's monotone chain). */
function hull(points) {
    const sorted = [...points].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    const turn = (a, b, c) => (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1]);
    const chain = (list) => {
        const found = [];
        for (const point of list) {
            while (found.length > 1 && turn(found[found.length - 2], found[found.length - 1], point) <= 0)
                found.pop();
            found.push(point);
        }
        return found.slice(0, -1);
    };
    return sorted.length < 3 ? sorted : [...chain(sorted), ...chain(sorted.reverse())];
}

/* The places of each district that are on the map, the largest district first. */
function placesByDistrict(places) {
    const groups = new Map();
    for (const place of places)
        if (place.at && place.district)
            groups.set(place.district, [...(groups.get(place.district) || []), place]);
    const seats = (list) => list.reduce((sum, place) => sum + place.target, 0);
    return [...groups.entries()].sort((a, b) => seats(b[1]) - seats(a[1]) || compareText(a[0], b[0]));
}

function drawDistricts(map, places, outlines) {
    const labels = placesByDistrict(places).map(([name, list]) => {
        const points = list.map((place) => place.at);
        if (outlines)
            L.polygon(
                 hull(points),
                 {color: "#c3ccc7", weight: 1, fillColor: "#ffffff", fillOpacity: 0.4, interactive: false})
                .addTo(map);
        const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
        /* A name in the middle of few points would hide them. */
        const rise = points.length < 3 ? "-24px" : "0";
        const icon =
            L.divIcon({className: "district", html: el("span", {style: "--rise:" + rise}, name), iconSize: [0, 0]});
        return L.marker([mean(0), mean(1)], {icon, interactive: false, keyboard: false}).addTo(map);
    });
    /* Of two names that would overlap, that of the larger district stays. */
    const tidy = () => {
        const taken = [];
        for (const label of labels) {
            const node = label.getElement().firstChild;
            node.hidden = false;
            const at = map.latLngToContainerPoint(label.getLatLng()), size = map.getSize();
            const half = [node.offsetWidth / 2 + 3, node.offsetHeight / 2 + 1];
            const inside = at.x - half[0] > 0 && at.x + half[0] < size.x;
            node.hidden = !inside ||
                taken.some(
                    (box) => Math.abs(box.at.x - at.x) < box.half[0] + half[0] &&
                        Math.abs(box.at.y - at.y) < box.half[1] + half[1]);
            if (!node.hidden)
                taken.push({at, half});
        }
    };
    map.on("zoomend moveend resize", tidy);
    tidy();
}

function drawBoundaries(map, facts, onChoose) {
    const shaded = [];
    L.geoJSON(facts.plan.boundaries, {
         style: {color: "#7d8a86", weight: 0.8, fillColor: "#ffffff", fillOpacity: 0.5},
         onEachFeature: (feature, layer) => {
             const place = facts.places[feature.properties.place];
             layer.on("click", () => onChoose(place));
             layer.bindTooltip(() => tooltipNode(facts, place), {sticky: true});
             shaded.push([place, layer]);
         }
     }).addTo(map);
    return shaded;
}

function tooltipNode(facts, place) {
    const values = {seats: number(place.target), short: number(place.short.plan), before: number(place.short.today)};
    return el(
        "span", {}, el("strong", {}, place.name), " ", place.district, el("br"),
        facts.statusQuo ? t("seats {seats}, empty {short}, empty today {before}", values) :
                          t("seats {seats}, empty {short}", values));
}

/* A way from home to post: a bow that grows wider towards the post. */
function flowLines(flow, width) {
    const [y1, x1] = flow.from.at, [y2, x2] = flow.to.at;
    const bend = 0.15, STEPS = 6;
    const middle = [(y1 + y2) / 2 + (x2 - x1) * bend, (x1 + x2) / 2 - (y2 - y1) * bend];
    const point = (s) => [0, 1].map(
        (i) => (1 - s) * (1 - s) * flow.from.at[i] + 2 * s * (1 - s) * middle[i] + s * s * flow.to.at[i]);
    return Array.from(
        {length: STEPS}, (_, k) => L.polyline([point(k / STEPS), point((k + 0.5) / STEPS), point((k + 1) / STEPS)], {
            color: FLOW,
            opacity: 0.42,
            weight: Math.max(0.7, width * (k + 1) / STEPS),
            lineCap: "butt",
            interactive: false
        }));
}

function legend(facts, view) {
    const swatch = (colour) => el("span", {class: "swatch", style: "background:" + colour, "aria-hidden": "true"});
    const item = (sign, text) => el("li", {}, sign, text);
    const items = facts.asked ? SHADES.map((shade, i) => item(swatch(shade.colour), shadeText(i))) : [];
    items.push(item(swatch(NO_SEATS), t("no seats asked for")));
    const bow =
        svg("svg", {viewBox: "0 0 40 14", width: "40", height: "14", "aria-hidden": "true"},
            svg("path", {d: "M1 11 Q20 -3 39 7 L39 13 Q20 2 1 11Z", fill: FLOW, "fill-opacity": "0.6"}));
    items.push(item(bow, t("from home (thin) to the post (wide): the more people, the wider")));
    const home = facts.people.filter(
        (person) => person.post[view] && person.origin && person.origin.index === person.post[view].place);
    return [
        el("ul", {}, items),
        facts.origins ?
            el("p", {},
               t("{count} people work in their home village; they have no line.", {count: number(home.length)})) :
            null,
        facts.plan.flows && facts.plan.flows.by === "district" ?
            el("p", {}, t("The lines go from district to district.")) :
            null
    ];
}

/* The controls beside the map; they work without a mouse. */
function mapControls(facts, state, redraw, choose) {
    const radio = (view, label) => {
        const input = el("input", {type: "radio", name: "view", value: view, checked: state.view === view});
        input.addEventListener("change", () => {
            state.view = view;
            redraw();
        });
        return el("label", {}, input, el("span", {}, label));
    };
    const lines = el("input", {type: "checkbox", id: "flows", checked: true});
    lines.addEventListener("change", () => {
        state.flows = lines.checked;
        redraw();
    });
    const sorted = [...facts.places].sort((a, b) => compareText(a.district, b.district) || compareText(a.name, b.name));
    const places = selection(
        [
            ["", t("All villages")],
            ...sorted.map(
                (place) =>
                    [place.index,
                     place.district ? t("{place} ({district})", {place: place.name, district: place.district}) :
                                      place.name])
        ],
        (value) => choose(value === "" ? null : facts.places[value]));
    state.select = places;
    return [
        facts.statusQuo ?
            el("fieldset", {class: "toggle"}, el("legend", {class: "unseen"}, t("State shown on the map")),
               radio("today", t("Today")), radio("plan", t("The plan"))) :
            null,
        field(t("Village"), places), el("label", {class: "check"}, lines, el("span", {}, t("Ways from home to post")))
    ];
}

/* As tall as the villages ask for at the width there is. */
function setHeight(bounds) {
    const middle = Math.cos(bounds.getCenter().lat * Math.PI / 180);
    const shape =
        (bounds.getNorth() - bounds.getSouth()) / Math.max(1e-6, (bounds.getEast() - bounds.getWest()) * middle);
    const height =
        Math.round(Math.min(onPhone() ? 540 : 780, Math.max(onPhone() ? 340 : 480, byId("map").clientWidth * shape)));
    byId("map-section").style.setProperty("--map-height", height + "px");
}

function makeMap(located) {
    const bounds = L.latLngBounds(located.map((place) => place.at));
    setHeight(bounds);
    const map = L.map("map", {
        attributionControl: false,
        zoomControl: false,
        preferCanvas: true,
        zoomSnap: 0.25,
        scrollWheelZoom: false,
        dragging: !L.Browser.mobile,
        zoomAnimation: !STILL,
        fadeAnimation: !STILL,
        markerZoomAnimation: !STILL,
        inertia: !STILL
    });
    L.control.zoom({zoomInTitle: t("Closer"), zoomOutTitle: t("Farther")}).addTo(map);
    L.control.scale({imperial: false}).addTo(map);
    const container = map.getContainer();
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", t("Map of the villages; the table below it says the same"));
    map.on("focus click", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.fit = () => map.fitBounds(bounds, {padding: [24, 24], maxZoom: NEAREST, animate: false});
    map.fit();
    whenTurned(() => {
        setHeight(bounds);
        map.invalidateSize({animate: false});
        map.fit();
    });
    return map;
}

function placeTable(facts) {
    return table({
        caption: t("Villages"),
        search: (row) => row.name + " " + row.district,
        sort: [facts.statusQuo ? 4 : 3, true],
        printed: 0,
        rows: facts.places.filter((place) => seatsOf(place, "plan") > 0),
        columns: [
            {label: t("Village"), cell: (row) => row.name, strong: true},
            {label: t("District"), cell: (row) => row.district},
            {label: t("Seats"), cell: (row) => number(row.target), sort: (row) => row.target, numeric: true},
            ...(facts.statusQuo ? [{
                label: t("Empty today"),
                cell: (row) => number(row.short.today),
                sort: (row) => row.short.today,
                numeric: true
            }] :
                                  []),
            {
                label: t("Empty in the plan"),
                cell: (row) => number(row.short.plan),
                sort: (row) => row.short.plan,
                numeric: true
            },
            {
                label: t("Part empty in the plan"),
                cell: (row) => percent(shortShare(row, "plan")),
                sort: (row) => shortShare(row, "plan"),
                numeric: true
            },
            ...(facts.origins ? [{
                label: t("People from here"),
                cell: (row) => number(row.natives.length),
                sort: (row) => row.natives.length,
                numeric: true
            }] :
                                [])
        ]
    });
}

/* Circles, so that the small ones lie on top of the large ones. */
function drawCircles(map, facts, located, choose) {
    return [...located].sort((a, b) => seatsOf(b, "plan") - seatsOf(a, "plan")).map((place) => {
        const circle = L.circleMarker(place.at, {color: INK});
        circle.bindTooltip(() => tooltipNode(facts, place), {direction: "top"});
        circle.on("click", () => choose(place));
        circle.addTo(map);
        return [place, circle];
    });
}

/* What a screen reader says when the map changes: the state, and the village in short. */
function told(facts, state) {
    const view = state.view === "plan" ? t("In the plan") : t("Today");
    return state.place ? view + ": " + state.place.name + ". " + fillingText(state.place, state.view) : view;
}

function drawMap(facts) {
    const located = facts.places.filter((place) => place.at);
    if (located.length === 0)
        return null;
    show("map-section");
    const state = {view: "plan", flows: true, place: null};
    const map = makeMap(located);
    const shaded = facts.plan.boundaries ? drawBoundaries(map, facts, choose) : [];
    const most = Math.max(1, ...located.flatMap((place) => VIEWS.map((view) => seatsOf(place, view))));
    const ways = L.layerGroup().addTo(map);
    const circles = drawCircles(map, facts, located, choose);
    drawDistricts(map, facts.places, shaded.length === 0);

    function redraw() {
        for (const [place, layer] of shaded)
            layer.setStyle({fillColor: shadeOf(place, state.view), fillOpacity: 0.75});
        ways.clearLayers();
        const drawn = state.flows ? flows(facts, state.view, state.place).slice(0, FLOWS) : [];
        for (const flow of drawn)
            flowLines(flow, 1 + 7 * Math.sqrt(flow.heads / drawn[0].heads)).forEach((line) => ways.addLayer(line));
        for (const [place, circle] of circles) {
            const chosen = place === state.place;
            circle.setRadius(radiusOf(place, state.view, most));
            circle.setStyle({
                fillColor: shadeOf(place, state.view),
                fillOpacity: 0.9,
                weight: chosen ? 3.5 : 0.8,
                opacity: chosen ? 1 : 0.75
            });
            circle.bringToFront();
        }
        fill("legend", legend(facts, state.view));
        fill("told", told(facts, state));
        fill("place", state.place ? placeNode(facts, state.place, state.view) : overviewNode(facts, state.view));
    }

    function choose(place) {
        state.place = place;
        state.select.value = place ? place.index : "";
        redraw();
    }

    fill("map-controls", mapControls(facts, state, redraw, choose));
    fill("place-table", foldout(t("The map as a table"), () => placeTable(facts)));
    redraw();
    whenTurned(redraw);
    return map;
}
