#!/usr/bin/python3
"""Writes RESULTS.md beside stored results: report.py [RESULTS]"""
import json
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from machine import sentence


def middle(runs, key):
    """The median; None where a run has no such value."""
    values = [run[key] for run in runs]
    return None if None in values else statistics.median(values)


def gap(objective, bound):
    """In percent of the plan's value."""
    if objective is None or bound is None:
        return "bound not stated"
    return "proven" if bound >= objective else f"gap {100 * (objective - bound) / max(1, abs(objective)):.2g} %"


def cell(runs, held):
    """The median run's last level; the levels before where they are others than in the peers' model."""
    objective, bound, seconds = (middle(runs, key) for key in ("objective", "bound", "seconds"))
    if objective is None:
        return f"no plan in {seconds:.3g} s" + ("" if bound is None else f", bound {bound:.0f}")
    others = [run["levels"][:-1] for run in runs if run["levels"] and run["levels"][:-1] != held]
    before = f" after {', '.join(map(str, max(others)))}" if others else ""
    return f"{objective:.0f}{before}, {gap(objective, bound)}, {seconds:.3g} s"


def table(lines):
    names = list(dict.fromkeys(name for line in lines for name in line["runs"]))
    rows = [["villages", "persons x posts", "limit", "levels before", *names], ["---:", "---:", "---:", "---", *["---"] * len(names)]]
    for line in lines:
        held = ", ".join(map(str, line["held"])) if line["held"] else "no plan"
        rows.append([str(line["villages"]), f"{line['persons']} x {line['posts']}", f"{line['time']} s", held,
                     *(cell(line["runs"][name], line["held"]) if name in line["runs"] else "" for name in names)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def write(results):
    results = pathlib.Path(results)
    with open(results, encoding="ascii") as file:
        machine, *lines = map(json.loads, file)
    text = "# Rules that cut across, beside public solvers\n\nMade by `benchmarks/crossing/run.py`; see ../README.md.\n\n"
    text += sentence(machine) + "\n\n"
    text += ("A cell is the last level (preference): the plan's value, how far above the bound it is, and the time. pulang solves all "
             "levels in its time; the others solve the last alone, with the levels before held at the values of the fourth column. "
             "Where a plan of pulang has worse ones, they stand after the value (the worst of the rounds), and there is no bound to compare.\n\n")
    results.with_name("RESULTS.md").write_text(text + (table(lines) if lines else "") + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1] if len(sys.argv) > 1 else HERE / "results.jsonl")
