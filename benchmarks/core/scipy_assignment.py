#!/usr/bin/python3
"""scipy's linear_sum_assignment on a .knet file: scipy_assignment.py FILE

A post of many seats is many columns. Where posts have lower bounds, dummy rows take the seats that
stay empty, which must not be among those that have to be filled.
"""
import json
import re
import sys
import time

import numpy
from scipy.optimize import linear_sum_assignment


def read(name):
    words = numpy.fromfile(name, dtype="<i4")
    if words[0] != 0x4B4E4554 or words[1] != 1:
        sys.exit("not a .knet file of version 1")
    n, m = words[2:4]
    return words[4 : 4 + m], words[4 + m : 4 + 2 * m], words[4 + 2 * m :].reshape(n, m)


def expand(lower, upper, cost):
    if (upper == 1).all():
        return cost
    if not lower.any():
        return numpy.repeat(cost, upper, axis=1)
    must, may = numpy.repeat(cost, lower, axis=1), numpy.repeat(cost, upper - lower, axis=1)
    n_dummies = must.shape[1] + may.shape[1] - cost.shape[0]
    forbidden = int(cost.max()) * 2 * cost.shape[0] + 1
    seats = numpy.zeros((cost.shape[0] + n_dummies, must.shape[1] + may.shape[1]))
    seats[: cost.shape[0], : must.shape[1]] = must
    seats[: cost.shape[0], must.shape[1] :] = may
    seats[cost.shape[0] :, : must.shape[1]] = forbidden
    return seats


def peak_mib():
    """As in peer.c."""
    with open("/proc/self/status", encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s*(\d+)", status.read()).group(1)) / 1024


def main(name):
    lower, upper, cost = read(name)
    begin = time.monotonic()
    seats = expand(lower, upper, cost)
    built = time.monotonic()
    row, column = linear_sum_assignment(seats)
    solved = time.monotonic()
    print(json.dumps({
        "solver": "scipy linear_sum_assignment", "form": "seats", "file": name,
        "objective": int(seats[row, column].astype("int64").sum()),
        "seconds_setup": built - begin, "seconds_solve": solved - built,
        "peak_mib": peak_mib(),
    }))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: scipy_assignment.py FILE")
    main(sys.argv[1])
