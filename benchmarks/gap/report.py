#!/usr/bin/python3
"""Writes RESULTS.md beside stored results: report.py [RESULTS]"""
import json
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from machine import sentence


def seconds(value):
    return f"{value:.3g}"


def median(runs):
    return statistics.median(run["seconds"] for run in runs)


def ratio(runs, mine):
    """How many times faster pulang is: the median over pairs of runs that came one after the other."""
    return statistics.median(run["seconds"] / other["seconds"] for run, other in zip(runs, mine))


def result(runs, sign):
    """The objective when it is proven in every round, else the worst plan and bound."""
    plans, bounds = [run["objective"] for run in runs], [run["bound"] for run in runs]
    plan = "no plan" if None in plans else f"{sign * max(plans)}"
    if all(run["optimal"] for run in runs):
        return plan
    return f"{plan}, bound {'none' if None in bounds else sign * min(bounds)}"


def cells(line, names):
    sign = -1 if line["maximise"] else 1
    mine = line["runs"]["pulang"]
    yield f"{result(mine, sign)} in {seconds(median(mine))} s"
    for place, name in enumerate(names):
        runs, pairs = line["runs"][name], mine[place::len(names)]
        least = "" if all(run["optimal"] for run in runs) else "> "
        times = f"**{least}{ratio(runs, pairs):.1f}** " if all(run["optimal"] for run in mine) else ""
        yield f"{times}{result(runs, sign)} in {seconds(median(runs))} s"


def table(lines):
    names = [name for name in lines[0]["runs"] if name != "pulang"]
    heads = ["instance", "agents x jobs", "nodes", "proof", "pulang", *names]
    rows = [heads, ["---", "---", "---:", "---", *["---:"] * (len(heads) - 4)]]
    for line in lines:
        rows.append([line["instance"], f"{line['agents']} x {line['jobs']}", str(line["nodes"]),
                     "prices" if line["certificate"] else "search", *cells(line, names)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def write(results):
    results = pathlib.Path(results)
    with open(results, encoding="ascii") as file:
        machine, *lines = map(json.loads, file)
    text = "# Generalized assignment beside public solvers\n\nMade by `benchmarks/gap/run.py`; see ../README.md.\n\n"
    text += sentence(machine) + f" Limit of a run: {machine['time']} s.\n\n"
    text += ("A cell is the plan's value and the time until it was proven, or, where the limit came first, the worst plan and "
             "the worst bound of the rounds. In bold: how many times the time of pulang that is, where pulang has its proof. "
             "The proof is by the prices of the root alone, or by the search on the bound.\n\n")
    results.with_name("RESULTS.md").write_text(text + (table(lines) if lines else "") + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1] if len(sys.argv) > 1 else HERE / "results.jsonl")
