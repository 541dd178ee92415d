#!/usr/bin/python3
"""Compares pulang with public solvers on problems of Kotawaringin Timur whose rules cut across, in one run.

Each problem is made by `pulang generate kotim --crossing`. pulang solves all levels within the limit, by each of its
methods. Its best plan gives the values at which the levels before the last are held in the model that the peers get
(`pulang export --held`), and they solve that last level alone within the same limit. Installs nothing: peers that are
missing are named and left out. Results go to results.jsonl, tables to RESULTS.md (see report.py).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import report

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import machine
import peers

PLACES = ROOT / "datasets/kotim/places.csv"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--villages", type=int, nargs="+", default=[12, 40, 185], help="sizes (12 40 185)")
    parser.add_argument("--times", type=int, nargs="+", default=[10, 60], help="limits of a run in seconds (10 60)")
    parser.add_argument("--methods", nargs="+", default=["auto", "glpk"], help="of pulang (auto glpk)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which medians are taken (3)")
    parser.add_argument("--seed", type=int, default=1, help="of the problems (1)")
    parser.add_argument("--program", default=str(ROOT / "build/release/pulang"), help="pulang")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.jsonl", help="the file of results")
    return parser.parse_args()


def call(*command, good=(0,)):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode not in good:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.returncode}")


def ours(program, folder, out, method, limit):
    """pulang's result: the last level as an outcome like a peer's, and the values of all levels (None: no plan). Its bound
    is one for the peers' model only when the levels before are proven. Exit code 4 is a result: the limit."""
    begin = time.monotonic()
    call(program, "solve", folder, "-o", out, "--method", method, "--time", limit, "--quiet", good=(0, 4))
    seconds = time.monotonic() - begin
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    if not summary["plan"]:
        return peers.Outcome(seconds, None, None, False), None
    *before, last = summary["levels"]
    bound = last["bound"] if all(level["proven"] for level in before) else None
    outcome = peers.Outcome(seconds, last["value"], bound, bound == last["value"])
    return outcome, [level["value"] for level in summary["levels"]]


class Problem:
    """A problem in a folder, and the runs on it by limit and solver."""

    def __init__(self, folder, villages, options):
        self.folder, self.villages, self.options = folder, villages, options
        self.source, self.best = folder / "problem", None
        self.runs = {limit: {} for limit in options.times}
        call(options.program, "generate", "kotim", "--crossing", "--villages", villages, "--seed", options.seed,
             "--places", PLACES, "-o", self.source)

    def run_pulang(self, method, limit):
        runs = self.runs[limit].setdefault(f"pulang {method}", [])
        out = self.folder / f"{method}-{limit}-{len(runs)}"
        outcome, values = ours(self.options.program, self.source, out, method, limit)
        runs.append({**vars(outcome), "levels": values})
        if values and (not self.best or values < self.best[0]):
            self.best = values, out

    def write_model(self):
        """The last level, the levels before held by the best plan of all runs."""
        call(self.options.program, "export", self.source, "--held", self.best[1], "--mps", self.folder / "model.mps",
             "--lp", self.folder / "model.lp", "--quiet")

    def run_peer(self, peer, limit):
        outcome = peer.run(self.folder / f"model.{peer.format}", limit)
        self.runs[limit].setdefault(peer.name, []).append({**vars(outcome), "levels": None})

    def check(self):
        """No plan of the same levels before may be better than anybody's bound."""
        held = self.best[0][:-1]
        found = [run for solvers in self.runs.values() for runs in solvers.values() for run in runs
                 if not run["levels"] or run["levels"][:-1] == held]
        outcomes = [peers.Outcome(*(run[key] for key in ("seconds", "objective", "bound", "optimal"))) for run in found]
        peers.check(f"{self.villages} villages", {"all": outcomes})

    def lines(self):
        """A line of results for each limit."""
        rows = {name: sum(1 for _ in open(self.source / f"{name}.csv", encoding="utf-8")) - 1 for name in ("persons", "posts")}
        for limit, runs in self.runs.items():
            yield {"villages": self.villages, **rows, "time": limit, "held": self.best and self.best[0][:-1], "runs": runs}


def compare(problem, chosen, options):
    rounds = [(limit, k) for limit in options.times for k in range(options.rounds)]
    for limit, _ in rounds:
        for method in options.methods:
            problem.run_pulang(method, limit)
    if problem.best:
        problem.write_model()
        for limit, _ in rounds:
            for peer in chosen:
                problem.run_peer(peer, limit)
        problem.check()


def main():
    options = arguments()
    chosen = peers.choose()
    for peer in chosen:
        peer.free, peer.grace = True, 120  # a model of full size has 600,000 columns
    with open(options.results, "w", encoding="ascii") as file:
        print(json.dumps({**machine.describe(), "rounds": options.rounds}), file=file, flush=True)
        for villages in options.villages:
            print(f"{villages} villages", file=sys.stderr)
            with tempfile.TemporaryDirectory() as folder:
                problem = Problem(pathlib.Path(folder), villages, options)
                compare(problem, chosen, options)
                for line in problem.lines():
                    print(json.dumps(line), file=file, flush=True)
    report.write(options.results)


if __name__ == "__main__":
    main()
