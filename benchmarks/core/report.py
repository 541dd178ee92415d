#!/usr/bin/python3
"""Writes RESULTS.md and the curves from stored results: report.py [RESULTS]"""
import json
import math
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from machine import sentence

CURVES = HERE.parents[1] / "docs" / "core-growth.svg"


def load(results):
    with open(results, encoding="ascii") as file:
        machine, *lines = map(json.loads, file)
    return machine, lines


def seconds(value):
    return f"{value:.3g}" if value >= 1e-3 else f"{value:.2g}"


def ratio(peer):
    """How many times faster pulang is: the median over pairs."""
    return statistics.median(theirs / ours for theirs, ours in zip(peer["seconds"], peer["pulang"]))


def cell(peer, cap):
    if peer is None:
        return ""
    if not peer["seconds"]:
        return f"over {cap:.0f} s"
    times = ratio(peer)
    return f"**{times:.1f}** ({seconds(statistics.median(peer['seconds']))})"


def by_name(line):
    return {f"{p['solver']}, {p['form']}": p for p in line["peers"]}


def table(lines, cap):
    """Ratios to every peer of a group."""
    peers = list(dict.fromkeys(name for line in lines for name in by_name(line)))
    heads = ["instance", "persons x posts", "cost", "pulang s", "peak MiB", "of matrix", *peers]
    rows = [heads, ["---"] + ["---:"] * (len(heads) - 1)]
    for line in lines:
        rows.append([line["instance"], f"{line['persons']:,} x {line['posts']:,}", f"{line['max_cost']:,}",
                     seconds(statistics.median(line["seconds"])), f"{line['peak_mib']:.0f}",
                     f"{line['peak_mib'] / line['matrix_mib']:.2f}",
                     *(cell(by_name(line).get(name), cap) for name in peers)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def slope(lines):
    """Exponent of time against the size of the matrix, by least squares on logarithms."""
    points = [(math.log(l["persons"] * l["posts"]), math.log(statistics.median(l["seconds"]))) for l in lines]
    mean_x, mean_y = (statistics.mean(p[i] for p in points) for i in (0, 1))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def curves(lines):
    """Time over size of every family and solver: {(instance, solver): [(persons, posts, seconds)]}"""
    found = {}
    for line in lines:
        where = (line["persons"], line["posts"])
        found.setdefault((line["instance"], "pulang"), []).append((*where, statistics.median(line["seconds"])))
        for peer in line["peers"]:
            if peer["seconds"]:
                key = (line["instance"], peer["solver"])
                found.setdefault(key, []).append((*where, statistics.median(peer["seconds"])))
    return found


def growth(lines):
    rows = ["| family | exponent of time against persons x posts |", "|---|---:|"]
    for family in dict.fromkeys(line["instance"] for line in lines):
        rows.append(f"| {family} | {slope([l for l in lines if l['instance'] == family]):.2f} |")
    return "\n".join(rows)


def groups(lines):
    return {group: [l for l in lines if l["group"] == group] for group in dict.fromkeys(l["group"] for l in lines)}


def tables(results):
    machine, lines = load(results)
    parts = [
        sentence(machine),
        "A cell of a peer is **how many times faster pulang is** (the peer's seconds); both count set-up and solving.",
    ]
    for group, members in groups(lines).items():
        parts.append(f"## {group.capitalize()}")
        parts.append(table(members, machine["cap"]))
        if group.startswith("growth"):
            parts.append(growth(members))
    return "\n\n".join(parts) + "\n"


def plot(lines, target):
    """Both growth curves, by gnuplot; said and left out where it is missing."""
    if not shutil.which("gnuplot"):
        print("left out, missing gnuplot-nox: the curves", file=sys.stderr)
        return False
    blocks, plots = [], {}
    for group, column in (("growth in persons", 1), ("growth in posts", 2)):
        for number, ((family, solver), points) in enumerate(curves([l for l in lines if l["group"] == group]).items()):
            name = f"$curve_{column}_{number}"
            blocks.append("\n".join([f"{name} << END", *(" ".join(map(str, p)) for p in points), "END"]))
            style = "lines" if solver == "pulang" else "peers"
            plots.setdefault(column, []).append(
                f"{name} using {column}:3 with linespoints @{style}_{family} title '{solver}, {family}'")
    scripts = [f"persons = \"plot {', '.join(plots[1])}\"", f"posts = \"plot {', '.join(plots[2])}\"",
               f"set output '{target}'", f"load '{HERE / 'growth.gp'}'"]
    subprocess.run(["gnuplot"], input="\n".join(blocks + scripts) + "\n", text=True, check=True)
    return True


def write(results):
    _, lines = load(results)
    text = "# The assignment core beside its peers\n\nMade by `benchmarks/core/run.py`; see ../README.md.\n\n"
    text += tables(results)
    if {"growth in persons", "growth in posts"} <= set(groups(lines)) and plot(lines, CURVES):
        text += f"\n![Time over persons and over posts](../../docs/{CURVES.name})\n"
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1] if len(sys.argv) > 1 else HERE / "results.jsonl")
