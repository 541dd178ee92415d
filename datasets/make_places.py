#!/usr/bin/env python3
"""Derives datasets/*/places.csv and datasets/kotim/travel.csv from public tables of Indonesian villages.

    python3 datasets/make_places.py SOURCE

SOURCE is a folder with these CSV files (see datasets/README.md for where the facts come from):

    villages_5kab.csv           code, name, type, kecamatan, kabupaten_code, kabupaten, lat, lon
    idm_2024_5kab.csv           code, idm: village development index of 2024, desa only
    idm_2024_indonesia.csv      the same for all of Indonesia: its range scales the remoteness
    schools_5kab.csv            level, status, village_code: schools of 2019
    village_adjacency_5kab.csv  code_a, code_b, centroid_km: villages with a common border

The results are part of the project, so this needs to be run again only to take in newer facts.
"""
import csv
import pathlib
import sys
from collections import Counter, defaultdict

REGENCIES = {"kotim": "62.02", "belu": "53.04", "kapuas": "62.03", "purworejo": "33.06", "kutim": "64.08"}
TOWN = 4  # a district with so many kelurahan is a town
WINDING = 1.3  # kilometres by road or river for each kilometre between the middles of two villages
FAST, SLOW = 40, 12  # km/h on a town road, and on forest tracks and small boats where it is remotest


def table(source, name):
    with open(source / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, heading, rows):
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(heading)
        out.writerows(rows)


def remoteness_by_village(source, villages):
    """1 - IDM, scaled so that the best developed village of Indonesia is 0 and the least is 1.
    Kelurahan have no IDM: 0 in a town, elsewhere the least of the desa of their district."""
    country = [float(row["idm"]) for row in table(source, "idm_2024_indonesia.csv") if row["idm"]]
    least, most = min(country), max(country)
    remoteness = {
        row["code"]: (most - float(row["idm"])) / (most - least) for row in table(source, "idm_2024_5kab.csv")
    }
    desa, kelurahan = defaultdict(list), Counter()
    for village in villages:
        if village["type"] == "desa":
            desa[village["kecamatan_code"]].append(remoteness[village["code"]])
        else:
            kelurahan[village["kecamatan_code"]] += 1
    for village in villages:
        district = village["kecamatan_code"]
        if village["type"] == "kelurahan":
            town = kelurahan[district] >= TOWN
            remoteness[village["code"]] = 0 if town else min(desa[district], default=0)
    return remoteness


def make_places(source, target, villages, remoteness):
    schools = Counter(
        (row["village_code"], row["level"]) for row in table(source, "schools_5kab.csv") if row["status"] == "negeri"
    )
    for name, regency in REGENCIES.items():
        rows = [
            [v["code"], v["name"], v["type"], v["kecamatan"], v["kabupaten"], f"{float(v['lat']):.3f}",
             f"{float(v['lon']):.3f}", f"{remoteness[v['code']]:.3f}", schools[v["code"], "SD"],
             schools[v["code"], "SMP"]]
            for v in sorted(villages, key=lambda v: v["code"]) if v["kabupaten_code"] == regency
        ]
        write(target / name / "places.csv",
              ["place", "name", "type", "district", "region", "lat", "lon", "remoteness", "sd", "smp"], rows)


def make_travel(source, target, remoteness):
    rows = []
    for leg in table(source, "village_adjacency_5kab.csv"):
        a, b = leg["code_a"], leg["code_b"]
        if not (a.startswith(REGENCIES["kotim"]) and b.startswith(REGENCIES["kotim"])):
            continue
        km = float(leg["centroid_km"]) * WINDING
        # Remoteness in the regency ends near 0.5, so the sum of both ends runs over 0 .. 1.
        slowness = min(1, remoteness[a] + remoteness[b])
        rows.append([a, b, f"{km:.1f}", f"{km / (FAST - (FAST - SLOW) * slowness):.2f}"])
    write(target / "kotim" / "travel.csv", ["from", "to", "km", "hours"], sorted(rows))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).resolve().parent
    villages = table(source, "villages_5kab.csv")
    remoteness = remoteness_by_village(source, villages)
    make_places(source, target, villages, remoteness)
    make_travel(source, target, remoteness)


if __name__ == "__main__":
    main()
