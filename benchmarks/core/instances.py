"""What is compared: instances in groups, and the peers that each of them is given to."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Instance:
    """One file of `pulang generate knet`, and why it is there."""

    group: str  # the table or curve it belongs to
    name: str
    kind: str
    persons: int
    posts: int
    max_cost: int
    options: tuple = ()
    seed: int = 1

    @property
    def file(self):
        return f"{self.name}-{self.persons}x{self.posts}-{self.max_cost}.knet".replace(" ", "-")

    def command(self, path):
        return ["generate", "knet", "--kind", self.kind, "--persons", str(self.persons), "--posts", str(self.posts),
                "--seed", str(self.seed), "--max-cost", str(self.max_cost), *self.options, "-o", str(path)]


@dataclass(frozen=True)
class Peer:
    """A program that reads a .knet file and prints a row. `needs` is the Debian package it comes from."""

    name: str
    form: str
    command: tuple
    needs: str


SIMPLEX_SPLIT = Peer("LEMON NetworkSimplex", "split", ("core_lemon", "simplex", "split"), "liblemon-dev")
SIMPLEX_SINK = Peer("LEMON NetworkSimplex", "sink", ("core_lemon", "simplex", "sink"), "liblemon-dev")
SCALING = Peer("LEMON CostScaling", "sink", ("core_lemon", "scaling", "sink"), "liblemon-dev")
SCIPY = Peer("scipy linear_sum_assignment", "seats", ("scipy_assignment.py",), "python3-scipy")
JV = Peer("Jonker-Volgenant", "square", ("core_jv",), "")
OKALG = Peer("GLPK okalg", "sink", ("core_glpk", "okalg"), "libglpk-dev")
LP = Peer("GLPK simplex", "sink", ("core_glpk", "lp"), "libglpk-dev")

LARGEST_FOR_SCIPY = 5000  # persons; it needs a matrix of doubles of persons x seats
LARGEST_FOR_JV = 100_000_000  # cost

LOWER = ("--lower", "80")  # lower bounds at 80 % of the upper ones, as in B


def peers(instance):
    """The peers for an instance, in the order in which they run."""
    if instance.group.startswith("growth"):
        return [SIMPLEX_SINK]
    chosen = [SIMPLEX_SPLIT, SIMPLEX_SINK, SCALING]
    if instance.kind == "C":
        chosen = [SIMPLEX_SINK, SCALING]
    if instance.kind == "C" and instance.max_cost <= LARGEST_FOR_JV:
        chosen.append(JV)
    if instance.persons <= LARGEST_FOR_SCIPY:
        chosen.append(SCIPY)
    if instance.group == "small":
        chosen += [OKALG, LP]
    return chosen


def families(sizes, squares):
    chosen = []
    for persons, posts in sizes:
        chosen += [
            Instance("families", "A", "A", persons, posts, 10_000),
            Instance("families", "B", "B", persons, posts, 10_000),
            Instance("families", "A clustered", "clustered", persons, posts, 10_000),
            Instance("families", "B clustered", "clustered", persons, posts, 10_000, LOWER),
        ]
    chosen += [Instance("families", "C", "C", n, n, c) for n in squares for c in (100, 10_000)]
    return chosen


def variants(persons, posts):
    return [
        Instance("variants", "ties", "ties", persons, posts, 10),
        Instance("variants", "degenerate", "degenerate", persons, posts, 10_000),
        Instance("variants", "range", "range", persons, posts, 1_000_000_000),
        Instance("variants", "B ties", "ties", persons, posts, 10, LOWER),
        Instance("variants", "B range", "range", persons, posts, 1_000_000_000, LOWER),
    ]


def small():
    return [
        Instance("small", "A", "A", 400, 150, 10_000),
        Instance("small", "B", "B", 400, 150, 10_000),
        Instance("small", "C", "C", 300, 300, 10_000),
    ]


def growth(persons, posts, fixed_persons, fixed_posts):
    by_persons = [Instance("growth in persons", k, k, n, fixed_posts, 10_000) for k in "AB" for n in persons]
    by_posts = [Instance("growth in posts", k, k, fixed_persons, m, 10_000) for k in "AB" for m in posts]
    return by_persons + by_posts


QUICK = families([(2000, 740)], [1000]) + variants(1000, 370) + small() + growth(
    [1000, 2000, 4000], [100, 400, 1600], 2000, 200)
FULL = families([(2000, 740), (5000, 925), (10_000, 1665)], [2000, 5000]) + variants(5000, 925) + small() + growth(
    [1000, 2000, 5000, 10_000, 20_000, 40_000], [100, 300, 1000, 2000, 4000], 10_000, 1000)
