"""The public solvers that pulang is compared with: how each is run, and what its output says."""
import dataclasses
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
NUMBER = r"([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)"


@dataclasses.dataclass
class Outcome:
    """Of a problem of minimisation with whole costs; None: there is none."""
    seconds: float
    objective: int | None
    bound: int | None
    optimal: bool


class Peer:
    needs = ""  # what to install
    format = "mps"
    free = False  # whether the file is in free MPS
    grace = 10  # seconds above twice the limit, for reading the file

    def there(self):
        return shutil.which(self.program) is not None

    def run(self, path, limit):
        """Solves the file. The limit is the solver's own; one that does not keep it is ended after twice the time and more."""
        begin = time.monotonic()
        try:
            done = subprocess.run(self.command(path, limit), capture_output=True, text=True, timeout=2 * limit + self.grace,
                                  check=True, cwd=path.parent)
        except subprocess.TimeoutExpired:
            return Outcome(time.monotonic() - begin, None, None, False)
        except subprocess.CalledProcessError as error:
            print(f"{self.name} ends with {error.returncode}: {(error.stderr or error.stdout)[-500:]}", file=sys.stderr)
            return Outcome(time.monotonic() - begin, None, None, False)
        return self.outcome(done.stdout, time.monotonic() - begin)

    def outcome(self, log, seconds):
        optimal, objective, bound = self.read(log)
        objective = None if objective is None else round(objective)
        bound = objective if optimal else whole_bound(bound)
        return Outcome(seconds, objective, bound, optimal)


def whole_bound(bound):
    """The next whole number, as costs are whole."""
    return None if bound is None or not math.isfinite(bound) else math.ceil(bound - 1e-6)


def last(pattern, text):
    found = re.findall(pattern, text, re.MULTILINE)
    return float(found[-1]) if found else None


class Glpk(Peer):
    name, program, needs = "GLPK --cuts", "glpsol", "glpk-utils"

    def command(self, path, limit):
        return [self.program, "--freemps" if self.free else "--mps", path.name, "--cuts", "--tmlim", str(math.ceil(limit)), "--write", "glpk.out"]

    def run(self, path, limit):
        self.solution = path.parent / "glpk.out"
        self.solution.unlink(missing_ok=True)
        return super().run(path, limit)

    def read(self, log):
        found = re.search(r"^s mip \d+ \d+ (\w) (\S+)$", self.solution.read_text(encoding="ascii"), re.MULTILINE)
        status, objective = found.groups() if found else ("u", 0)
        bound = last(rf"(?:mip =|>=) +{NUMBER}? *(?:[0-9.]+%|) *\([0-9]+; [0-9]+\)$", log)
        return status == "o", float(objective) if status in "of" else None, bound


class Cbc(Peer):
    name, program, needs = "CBC", "cbc", "coinor-cbc"

    def command(self, path, limit):
        return [self.program, path.name, "-timeMode", "elapsed", "-sec", str(limit), "-allowableGap", "0", "-ratioGap", "0", "-solve"]

    def read(self, log):
        found = "No feasible solution found" not in log
        return ("Result - Optimal solution found" in log, last(rf"^Objective value: +{NUMBER}", log) if found else None,
                last(rf"^Lower bound: +{NUMBER}", log))


class Highs(Peer):
    name, program = "HiGHS", "highs"

    def command(self, path, limit):
        options = path.parent / "highs.options"
        options.write_text("threads = 1\nmip_rel_gap = 0\nmip_abs_gap = 0.999\n", encoding="ascii")
        return [self.program, "--time_limit", str(limit), "--options_file", options.name, path.name]

    def read(self, log):
        return (re.search(r"^ +Status +Optimal", log, re.MULTILINE) is not None,
                last(rf"^ +Primal bound +{NUMBER}", log), last(rf"^ +Dual bound +{NUMBER}", log))


class HighsWebAssembly(Highs):
    """Slower than a native one, and named so in the tables. The start of node and of the module counts for nothing."""
    name, program, format, needs = "HiGHS (WebAssembly)", "node", "lp", "HiGHS, or node and its package highs (npm install highs)"

    def there(self):
        test = [self.program, "-e", "require('highs')"]
        return super().there() and subprocess.run(test, cwd=HERE, capture_output=True, check=False).returncode == 0

    def command(self, path, limit):
        return [self.program, str(HERE / "highs.js"), str(path), str(limit)]

    def outcome(self, log, seconds):
        *log, timing = log.strip().split("\n")
        return super().outcome("\n".join(log), json.loads(timing)["seconds"])


def choose():
    """All peers that are there; the others are named."""
    highs = Highs() if Highs().there() else HighsWebAssembly()
    known = [Glpk(), Cbc(), highs]
    chosen = [peer for peer in known if peer.there()]
    for peer in known:
        if peer not in chosen:
            print(f"left out, missing {peer.name}: {peer.needs}", file=sys.stderr)
    if not chosen:
        sys.exit("there is nobody to compare with")
    return chosen


def check(name, found):
    """No plan may be better than anybody's bound."""
    outcomes = [outcome for each in found.values() for outcome in each]
    objective = min((o.objective for o in outcomes if o.objective is not None), default=None)
    bound = max((o.bound for o in outcomes if o.bound is not None), default=None)
    if objective is not None and bound is not None and objective < bound:
        sys.exit(f"{name}: one has a plan of {objective}, another says that none is below {bound}")
