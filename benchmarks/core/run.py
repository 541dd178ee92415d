#!/usr/bin/python3
"""Compares the assignment core with public solvers on the same files in one run.

Installs nothing: peers that are missing are named and left out. Every peer's run comes right after one of pulang,
so that both meet the same state of the machine; a round goes through all peers in a fixed order. Set-up counts for all,
reading the file for none. Results go to results.jsonl, tables to RESULTS.md and curves to docs/ (see report.py).
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import instances
import report

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "benchmarks"))
import machine


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes and 3 rounds: about a minute")
    parser.add_argument("--rounds", type=int, help="rounds, of which medians are taken (5; quick: 3)")
    parser.add_argument("--cap", type=float, default=120, help="seconds after which a peer is given up (120)")
    parser.add_argument("--cpu", type=int, help="run everything on this processor")
    parser.add_argument("--only", default="", help="only groups whose name begins with this")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", help="where pulang and peers are")
    parser.add_argument("--results", type=pathlib.Path, help="the file of results (quick and only: a temporary one, and the tables are printed)")
    return parser.parse_args()


def describe(options, rounds):
    return {**machine.describe(), "rounds": rounds, "cap": options.cap, "quick": options.quick}


def command_of(peer, build):
    program = peer.command[0]
    if program.endswith(".py"):
        return ["/usr/bin/python3", str(HERE / program), *peer.command[1:]]
    return [str(build / "benchmarks" / program), *peer.command[1:]]


def missing(peer, build):
    """What to install or build for a peer, "" if it is there."""
    if peer is instances.SCIPY:
        there = subprocess.run(["/usr/bin/python3", "-c", "import scipy.optimize"], capture_output=True).returncode == 0
    else:
        there = pathlib.Path(command_of(peer, build)[0]).exists()
    return "" if there else f"{peer.name} ({peer.form}): {peer.needs or 'the target benchmarks'}"


def run(command, cap, cpu):
    """The row that a program prints; None when it took longer than the cap. Ends the run on any failure."""
    pin = (lambda: os.sched_setaffinity(0, {cpu})) if cpu is not None else None
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=cap, preexec_fn=pin)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip() or 'exit code ' + str(done.returncode)}")
    return json.loads(done.stdout)


class Comparison:
    """The rounds of pulang and a peer on one file."""

    def __init__(self, peer):
        self.peer = peer
        self.seconds, self.paired, self.setup = [], [], []
        self.peak, self.objective, self.capped = 0, None, False

    def round(self, pulang, command, path, cap, cpu):
        ours = run([*pulang, path], None, cpu)
        if not ours["certificate"]:
            sys.exit(f"{path}: the certificate does not hold")
        theirs = run([*command, path], cap, cpu)
        if theirs is None:
            self.capped = True
            return ours
        if theirs["objective"] != ours["objective"]:
            sys.exit(f"{path}: {self.peer.name} finds {theirs['objective']}, pulang {ours['objective']}")
        self.seconds.append(theirs["seconds_setup"] + theirs["seconds_solve"])
        self.setup.append(theirs["seconds_setup"])
        self.paired.append(ours["seconds_build"] + ours["seconds_solve"])
        self.peak = max(self.peak, theirs["peak_mib"])
        return ours

    def row(self):
        return {"solver": self.peer.name, "form": self.peer.form, "seconds": self.seconds, "setup": self.setup,
                "pulang": self.paired, "peak_mib": self.peak, "capped": self.capped}


def compare(instance, peers, folder, options, rounds):
    """All rounds on one instance, as a line of results."""
    path = str(folder / instance.file)
    program = str(options.build / "pulang")
    subprocess.run([program, *instance.command(path)], check=True, stdout=subprocess.DEVNULL)
    comparisons = [Comparison(peer) for peer in peers]
    ours = []
    for _ in range(rounds):
        for comparison in comparisons:
            if not comparison.capped:
                ours.append(comparison.round([program, "bench"], command_of(comparison.peer, options.build), path,
                                             options.cap, options.cpu))
    os.remove(path)
    return {
        "group": instance.group, "instance": instance.name, "persons": instance.persons, "posts": instance.posts,
        "max_cost": instance.max_cost, "seed": instance.seed, "objective": ours[0]["objective"],
        "seconds": [row["seconds_build"] + row["seconds_solve"] for row in ours],
        "verify": [row["seconds_verify"] for row in ours], "peak_mib": max(row["peak_mib"] for row in ours),
        "matrix_mib": instance.persons * instance.posts * 4 / 2**20, "peers": [c.row() for c in comparisons],
    }


def main():
    options = arguments()
    rounds = options.rounds or (3 if options.quick else 5)
    chosen = [i for i in (instances.QUICK if options.quick else instances.FULL) if i.group.startswith(options.only)]
    absent = {m for i in chosen for p in instances.peers(i) if (m := missing(p, options.build))}
    for name in sorted(absent):
        print(f"left out, missing {name}", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as temporary:
        folder = pathlib.Path(temporary)
        partial = options.quick or options.only or options.results  # only a full run makes RESULTS.md
        results = options.results or (folder / "results.jsonl" if partial else HERE / "results.jsonl")
        with open(results, "w", encoding="ascii") as file:
            print(json.dumps(describe(options, rounds)), file=file)
            for instance in chosen:
                peers = [p for p in instances.peers(instance) if not missing(p, options.build)]
                print(json.dumps(compare(instance, peers, folder, options, rounds)), file=file, flush=True)
                print(f"{instance.group}: {instance.name} {instance.persons} x {instance.posts}", file=sys.stderr)
        if partial:
            print(report.tables(results))
        else:
            report.write(results)


if __name__ == "__main__":
    main()
