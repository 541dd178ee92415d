"""Generalized assignment problems: read from OR-Library files, written for pulang and for its peers."""
import dataclasses
import pathlib

MARKER = f"    {'MARKER':8}  {repr('MARKER'):8}                 "


@dataclasses.dataclass
class Problem:
    name: str
    maximise: bool
    cost: list  # agents x jobs
    use: list  # agents x jobs
    capacity: list

    def text(self):
        """As a file of one problem."""
        rows = [[len(self.cost), len(self.cost[0])], *self.cost, *self.use, self.capacity]
        return "\n".join(" ".join(map(str, row)) for row in rows) + "\n"

    def mps(self):
        """Fixed MPS, of minimisation: COIN's reader misreads free MPS whose set of bounds has a name."""
        sign = -1 if self.maximise else 1
        lines = ["NAME          GAP", "ROWS", " N  COST"]
        lines += [f" L  A{i}" for i in range(len(self.cost))] + [f" E  J{j}" for j in range(len(self.cost[0]))]
        lines += ["COLUMNS", MARKER + "'INTORG'"]
        bounds = []
        for i, (cost, use) in enumerate(zip(self.cost, self.use)):
            for j in range(len(cost)):
                column = f"X{i:02d}{j:04d}"
                entries = ("COST", sign * cost[j]), (f"A{i}", use[j]), (f"J{j}", 1)
                lines += [entry(column, row, value) for row, value in entries]
                bounds.append(f" UP {'BOUND':8}  {column:8}  {1:12d}")
        lines += [MARKER + "'INTEND'", "RHS"]
        lines += [entry("RHS", f"A{i}", value) for i, value in enumerate(self.capacity)]
        lines += [entry("RHS", f"J{j}", 1) for j in range(len(self.cost[0]))]
        return "\n".join(lines + ["BOUNDS", *bounds, "ENDATA"]) + "\n"

    def lp(self):
        """CPLEX LP, of minimisation, a term on a line."""
        sign = -1 if self.maximise else 1
        pairs = [(i, j) for i in range(len(self.cost)) for j in range(len(self.cost[0]))]
        lines = ["Minimize", "cost:", *(term(sign * self.cost[i][j], i, j) for i, j in pairs), "Subject To"]
        for i, use in enumerate(self.use):
            lines += [f"A{i}:", *(term(use[j], i, j) for j in range(len(use))), f"<= {self.capacity[i]}"]
        for j in range(len(self.cost[0])):
            lines += [f"J{j}:", *(term(1, i, j) for i in range(len(self.cost))), "= 1"]
        return "\n".join([*lines, "Binaries", *(f"x{i}_{j}" for i, j in pairs), "End"]) + "\n"


def entry(column, row, value):
    return f"    {column:8}  {row:8}  {value:12d}"


def term(value, i, j):
    return f"{'-' if value < 0 else '+'} {abs(value)} x{i}_{j}"


def take(numbers, name, maximise):
    agents, jobs = next(numbers), next(numbers)

    def matrix():
        return [[next(numbers) for _ in range(jobs)] for _ in range(agents)]

    return Problem(name, maximise, matrix(), matrix(), [next(numbers) for _ in range(agents)])


def read(path, rows):
    """The problems of a file, one for each of pulang's rows about it."""
    maximised = {f"gap{i}" for i in range(1, 13)}
    path = pathlib.Path(path)
    numbers = list(map(int, path.read_text(encoding="ascii").split()))
    alone = len(numbers) == 2 + numbers[0] * (2 * numbers[1] + 1)
    left = iter(numbers if alone else numbers[1:])
    return [take(left, row["instance"], path.name.split(".")[0] in maximised) for row in rows]
