#!/usr/bin/python3
"""Compares pulang with public solvers on generalized assignment problems of the OR-Library, in one run.

Installs nothing: peers that are missing are named and left out. Every peer's run comes right after one of pulang, so
that both meet the same state of the machine, and a run is a process of its own: reading the file and setting up count
for all. Results go to results.jsonl, tables to RESULTS.md (see report.py).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import problem
import report

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import machine
import peers


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=pathlib.Path, help="OR-Library files of one problem or several")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which medians are taken (3)")
    parser.add_argument("--time", type=int, default=120, help="limit of every run in seconds (120)")
    parser.add_argument("--only", default="", help="only instances whose name begins with this")
    parser.add_argument("--program", default=str(ROOT / "build/release/pulang"), help="pulang")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.jsonl", help="the file of results")
    return parser.parse_args()


def bench(program, path, limit, maximise=False):
    """pulang's rows about a file. Exit codes 3 and 4 are results: no plan, and the limit."""
    command = [program, "bench", "--time", str(limit), *(["--maximise"] if maximise else []), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3, 4):
        sys.exit(f"{' '.join(command)}: {done.stderr.strip() or done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(program, path, limit, maximise):
    """pulang's result on one problem, as a problem of minimisation."""
    begin = time.monotonic()
    row, = bench(program, path, limit, maximise)
    seconds = time.monotonic() - begin
    sign = -1 if maximise else 1
    objective, bound = (None if row[key] is None else sign * row[key] for key in ("objective", "bound"))
    return peers.Outcome(seconds, objective, bound, row["status"] == "optimal"), row


def compare(instance, chosen, folder, options):
    """All rounds on one problem, as a line of results."""
    path = folder / "problem.txt"
    path.write_text(instance.text(), encoding="ascii")
    (folder / "problem.mps").write_text(instance.mps(), encoding="ascii")
    (folder / "problem.lp").write_text(instance.lp(), encoding="ascii")
    found = {"pulang": [], **{peer.name: [] for peer in chosen}}
    for _ in range(options.rounds):
        for peer in chosen:
            mine, row = ours(options.program, path, options.time, instance.maximise)
            found["pulang"].append(mine)
            found[peer.name].append(peer.run(folder / f"problem.{peer.format}", options.time))
    peers.check(instance.name, found)
    return {"instance": instance.name, "agents": row["m"], "jobs": row["n"], "maximise": instance.maximise,
            "nodes": row["nodes"], "certificate": row["certificate"],
            "runs": {name: [vars(outcome) for outcome in outcomes] for name, outcomes in found.items()}}


def main():
    options = arguments()
    chosen = peers.choose()
    with tempfile.TemporaryDirectory() as folder, open(options.results, "w", encoding="ascii") as file:
        print(json.dumps({**machine.describe(), "rounds": options.rounds, "time": options.time}), file=file, flush=True)
        for path in options.files:
            rows = bench(options.program, path, 1)  # their names, and how many
            for instance in problem.read(path, rows):
                if instance.name.startswith(options.only):
                    print(instance.name, file=sys.stderr)
                    line = compare(instance, chosen, pathlib.Path(folder), options)
                    print(json.dumps(line), file=file, flush=True)
    report.write(options.results)


if __name__ == "__main__":
    main()
