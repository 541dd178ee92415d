#!/usr/bin/python3
"""Figures of `pulang compare` re-computed from the CSV files, by code that shares nothing with pulang.

    compare.py PROGRAM DATASET

Solves three scenarios of belu (ten and eleven PPPK in each desa, home three times as weighty),
compares them, and works out every figure of comparison.json anew: from who holds which post in
placements.csv, and from persons.csv, places.csv, posts.csv, workload.csv and quotas.csv of the dataset.
"""
import csv
import json
import math
import os
import subprocess
import sys
import tempfile

program, dataset = sys.argv[1:]
scratch = tempfile.TemporaryDirectory()
folder = scratch.name
faults = []

CURVE = [(0, 0.95), (5, 0.90), (15, 0.80), (40, 0.60), (80, 0.45)]
MISMATCH, UNKNOWN, EFFECTIVE_HOURS, DETOUR, EARTH = 0.4, 0.5, 1250, 1.3, 6371008.8
SKILLS, WISH = 2, 3  # weights; hometown differs


def rows(*path):
    with open(os.path.join(*path), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def skills(text):
    return {s.split(":")[0]: int((s.split(":") + ["1"])[1]) for s in text.split("|") if s}


def half_up(x):
    return math.floor(x + 0.5)


places = {r["place"]: r for r in rows(dataset, "places.csv")}
persons = {r["person"]: r for r in rows(dataset, "persons.csv")}
posts = {r["post"]: r for r in rows(dataset, "posts.csv")}
hours = {}
for r in rows(dataset, "workload.csv"):
    hours[r["post"]] = hours.get(r["post"], 0) + float(r["volume"]) * float(r["norm_hours"])
for p in persons.values():
    p["has"] = skills(p["skills"])
    p["wishes"] = [w for w in p["wish"].split("|") if w]
for key, j in posts.items():
    j["needs"], j["likes"] = skills(j["requires"]), skills(j["prefers"])
    j["least"] = int(j["min"] or 0)
    j["most"] = int(j["max"]) if j["max"] else None
    if j["target"]:
        j["want"] = int(j["target"])
    elif key in hours:
        j["want"] = max(j["least"], half_up(hours[key] / EFFECTIVE_HOURS))
        if j["most"] is not None:
            j["want"] = min(j["want"], j["most"])
    else:
        j["want"] = j["most"] if j["most"] is not None else j["least"]
    if j["most"] is None and (j["target"] or key in hours):
        j["most"] = j["want"]


def metres(a, b):
    if a == b:
        return 0
    lat1, lon1, lat2, lon2 = (math.radians(float(places[x][c])) for x in (a, b) for c in ("lat", "lon"))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return half_up(DETOUR * 2 * EARTH * math.asin(math.sqrt(h)))


stays = {}


def stay(origin, place):
    if not origin:
        return UNKNOWN
    if (origin, place) not in stays:
        km = metres(origin, place) / 1000
        share = CURVE[-1][1]
        for (x0, y0), (x1, y1) in zip(CURVE, CURVE[1:]):
            if km < x1:
                share = y0 + (y1 - y0) * (km - x0) / (x1 - x0)
                break
        remoter = float(places[place]["remoteness"]) - float(places[origin]["remoteness"])
        stays[origin, place] = share * (1 - MISMATCH * max(0, remoter))
    return stays[origin, place]


def own_cost(p, j, hometown):
    """Thousandths of a point: home, skills wished for, wishes."""
    wanted = sum(j["likes"].values())
    lacking = sum(max(0, level - p["has"].get(s, 0)) for s, level in j["likes"].items())
    missed = 1 if p["wishes"] else 0
    if j["place"] in p["wishes"]:
        missed = p["wishes"].index(j["place"]) / len(p["wishes"])
    return (half_up(1000 * hometown * (1 - stay(p["origin"], j["place"])))
            + half_up(1000 * SKILLS * lacking / wanted if wanted else 0) + half_up(1000 * WISH * missed))


def may_hold(p, j):
    return (not j["contract"] or p["contract"] in j["contract"].split("|")) and all(
        p["has"].get(s, 0) >= level for s, level in j["needs"].items())


def gini(values):
    values = sorted(values)
    n, total = len(values), sum(values)
    return sum((2 * (i + 1) - n - 1) * x for i, x in enumerate(values)) / (n * total) if total else 0


def short_shares(filled, key):
    want, missing = {}, {}
    for name, j in posts.items():
        k = key(j)
        want[k] = want.get(k, 0) + j["want"]
        missing[k] = missing.get(k, 0) + max(0, j["want"] - filled[name])
    return {k: missing[k] / want[k] for k in want if want[k]}, missing


def district(j):
    return places[j["place"]]["district"]


def figures(held, hometown, bounds):
    """held: person -> post or None; bounds: quota -> (min, max)."""
    f = {}
    filled = {name: 0 for name in posts}
    for post in held.values():
        if post:
            filled[post] += 1
    placed = {who: post for who, post in held.items() if post}
    f["placed"], f["unplaced"] = len(placed), len(held) - len(placed)
    f["posts_at_target"] = sum(filled[n] >= j["want"] for n, j in posts.items())
    f["short"] = sum(max(0, j["want"] - filled[n]) for n, j in posts.items())
    f["required_missing"] = sum(max(0, j["least"] - filled[n]) for n, j in posts.items())
    f["overfilled"] = sum(max(0, filled[n] - j["most"]) for n, j in posts.items() if j["most"] is not None)
    village = near = 0
    km, stayers, asked, got, merit, pay = [], 0, 0, 0, [], 0
    for who, post in placed.items():
        p, j = persons[who], posts[post]
        if p["origin"]:
            village += p["origin"] == j["place"]
            near += p["origin"] != j["place"] and places[p["origin"]]["district"] == district(j)
            km.append(metres(p["origin"], j["place"]) / 1000)
        stayers += stay(p["origin"], j["place"])
        for wanted in (j["needs"], j["likes"]):
            asked += len(wanted)
            got += sum(p["has"].get(s, 0) >= level for s, level in wanted.items())
        merit.append(float(p["merit"]))
        pay += float(p["pay"])
    km.sort()
    n, known = len(placed), len(km)
    f["home_village_share"], f["home_district_share"] = village / known, near / known
    f["elsewhere_share"] = (known - village - near) / known
    f["home_km_mean"], f["home_km_max"] = sum(km) / known, km[-1]
    f["home_km_median"] = (km[(known - 1) // 2] + km[known // 2]) / 2
    f["expected_stayers"], f["skills_met_share"] = stayers, got / asked
    f["merit_weighted"], f["moves"], f["pay_total"] = sum(merit) / n, 0, pay
    by_place, _ = short_shares(filled, lambda j: j["place"])
    by_role, roles = short_shares(filled, lambda j: j["role"])
    by_district, districts = short_shares(filled, district)
    f["shortage_gini_places"], f["shortage_gini_roles"] = gini(by_place.values()), gini(by_role.values())
    f["worst_district_short_share"], f["worst_role_short_share"] = max(by_district.values()), max(by_role.values())
    f["work_uncovered_share"] = f["workload_gini_units"] = 0  # posts.csv states no hours
    weakest = {}
    for who, post in placed.items():
        weakest[post] = min(weakest.get(post, 101), float(persons[who]["merit"]))
    envious = 0
    for who, post in placed.items():
        p = persons[who]
        cost = own_cost(p, posts[post], hometown)
        envious += any(float(p["merit"]) > lowest and may_hold(p, posts[other])
                       and own_cost(p, posts[other], hometown) < cost for other, lowest in weakest.items())
    f["envious"], f["stability_share"] = envious, (n - envious) / n
    uses, broken = {}, 0
    for quota in rows(dataset, "quotas.csv"):
        kind = quota["posts"].split("=")[1]
        for name, j in posts.items():
            if j["kind"] == kind:
                key = (quota["quota"], j["place"])
                uses[key] = uses.get(key, 0) + filled[name]
    for (quota, _), value in uses.items():
        low, high = bounds[quota]
        broken += not low <= value <= high
    f["violations"] = broken + sum(j["least"] > filled[n] for n, j in posts.items())
    f["violations"] += sum(not may_hold(persons[w], posts[j]) for w, j in placed.items())
    preference = sum(own_cost(persons[w], posts[j], hometown) for w, j in placed.items())
    return f, roles, districts, uses, preference


def expect(what, actual, wanted, decimals=0):
    if actual is None or abs(actual - wanted) > 0.5001 * 10 ** -decimals * (decimals > 0) + 1e-9 * abs(wanted):
        faults.append(f"{what}: compare says {actual}, the files give {wanted}")


def run(*command):
    subprocess.run([program, *command], check=True, stdout=subprocess.DEVNULL)


with open(os.path.join(folder, "strong.yaml"), "w", encoding="utf-8") as file:
    file.write(f"extend: {os.path.abspath(dataset)}/scenario.yaml\ntitle: Home first\nweights: {{hometown: 30}}\n")
TEN, COMPANIONS = "Ten PPPK in each desa", "Three companions in each desa"
scenarios = [("ten", f"{dataset}/scenario.yaml", 10, {TEN: (10, 10), COMPANIONS: (3, 3)}),
             ("eleven", f"{dataset}/eleven.yaml", 10, {TEN: (11, 11), COMPANIONS: (3, 3)}),
             ("strong", f"{folder}/strong.yaml", 30, {TEN: (10, 10), COMPANIONS: (3, 3)})]
for name, path, _, _ in scenarios:
    run("solve", dataset, "--scenario", path, "-o", f"{folder}/{name}", "--quiet")
run("compare", *(f"{folder}/{name}" for name, *_ in scenarios), "-o", f"{folder}/comparison")
with open(f"{folder}/comparison/comparison.json", encoding="utf-8") as file:
    comparison = json.load(file)

checked = 0
placements = []
for r, (name, _, hometown, bounds) in enumerate(scenarios):
    held = {row["person"]: row["post"] or None for row in rows(folder, name, "placements.csv")}
    placements.append(held)
    if set(held) != set(persons):
        faults.append(f"{name}: placements.csv has other persons than persons.csv")
    f, roles, districts, uses, preference = figures(held, hometown, bounds)
    for line in comparison["indicators"]:
        if line["name"] not in f:
            faults.append(f"{line['name']} is not checked")
            continue
        expect(f"{name}: {line['name']}", line["values"][r], f[line["name"]], line["decimals"])
        checked += 1
    for what, counted in (("roles", roles), ("districts", districts)):
        told = {line["name"]: line["values"][r] for line in comparison["shortage"][what]}
        if set(told) != set(counted):
            faults.append(f"{name}: other {what} than in posts.csv")
        for key in told.keys() & counted.keys():
            expect(f"{name}: short in {key}", told[key], counted[key])
            checked += 1
    told = {(q["name"], q["group"]): q for q in comparison["quotas"]}
    if set(told) != set(uses):
        faults.append(f"{name}: other groups of quotas than the posts give")
    for key in told.keys() & uses.keys():
        expect(f"{name}: {key}", told[key]["values"][r], uses[key])
        expect(f"{name}: max of {key}", told[key]["maxima"][r], bounds[key[0]][1])
        checked += 1
    levels = {level["name"]: level["value"] for level in comparison["scenarios"][r]["levels"]}
    expect(f"{name}: level unplaced", levels["unplaced"], f["unplaced"])
    expect(f"{name}: level preference", levels["preference"], preference)
    squares = sum(1000 * max(0, j["want"] - n) ** 2 / j["want"] for j, n in
                  ((posts[p], sum(x == p for x in held.values())) for p in posts) if j["want"])
    if abs(levels["shortage"] - squares) > 0.5 * f["short"]:  # rounded at each seat
        faults.append(f"{name}: level shortage is {levels['shortage']}, about {squares} by the posts")
    checked += 3

# Who is placed differently, and what each term costs more, from the placements alone.
for r in (1, 2):
    differ = {who for who in persons if placements[0][who] != placements[r][who]}
    told = {p["person"]: p for p in comparison["people"] if p["why"][r]}
    if differ != set(told):
        faults.append(f"{scenarios[r][0]}: {len(told)} people placed differently, {len(differ)} by the placements")
    for who in differ & set(told):
        if [placements[0][who], placements[r][who]] != [told[who]["post_ids"][0], told[who]["post_ids"][r]]:
            faults.append(f"{scenarios[r][0]}: other posts of {who}")
        hometown = scenarios[r][2]
        more = (own_cost(persons[who], posts[placements[r][who]], hometown)
                - own_cost(persons[who], posts[placements[0][who]], hometown)) / 1000
        if abs(told[who]["points"][r] - more) > 0.005:
            faults.append(f"{scenarios[r][0]}: {who} costs {more} more, {told[who]['points'][r]} told")
        checked += 2
changes = comparison["changes"]
if not (changes[0] == [] and len(changes[1]) == 1 and "11 instead of 10" in changes[1][0]
        and len(changes[2]) == 1 and "30 instead of 10" in changes[2][0]):
    faults.append(f"what is set differently: {changes}")

for fault in faults[:50]:
    print(fault)
print(f"figures checked: {checked}, wrong: {len(faults)}")
sys.exit(1 if faults else 0)
