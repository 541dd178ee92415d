#!/usr/bin/python3
"""What LibreOffice reads in placements.xlsx is what the tables of the output folder say.

workbook.py OUT CSV SHEET...: OUT is an output folder, CSV the folder with the sheets of its workbook as
LibreOffice saved them, and SHEET... the names of the sheets placements, unplaced, posts, quotas, decree annex
and summary.
"""
import csv
import glob
import os
import re
import sys

csv.field_size_limit(1 << 30)
faults = 0


def fault(text):
    global faults
    faults += 1
    if faults <= 10:
        print(text)


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def unguarded(cell):
    """A cell without the apostrophe that keeps a CSV file from being run as a formula."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n]", cell) else cell


def value(cell):
    """A number as a number, a percentage as a share; text without what XML cannot hold."""
    cell = unguarded(cell)
    if re.fullmatch(r"-?\d{1,15}(\.\d+)?%?", cell):
        return round(float(cell.rstrip("%")) / (100 if cell.endswith("%") else 1), 9)
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", cell)[:32767]


def compare(name, expected, actual):
    """Row by row, the headings left out; names of roles and categories without the underscores of a code."""
    names = [heading in ("role", "category") for heading in expected[0]]
    if len(expected) != len(actual):
        fault(f"{name}: {len(actual)} rows, not {len(expected)}")
    for number, (want, got) in enumerate(zip(expected[1:], actual[1:]), 2):
        want = [value(cell.replace("_", " ") if is_name else cell) for cell, is_name in zip(want, names)]
        got = [value(cell) for cell in got]
        if want != got:
            fault(f"{name}, row {number}: {got}, not {want}")


def column(table, name):
    return [row[table[0].index(name)] for row in table[1:]]


def main():
    out, folder, placements, unplaced, posts, quotas, annex, summary = sys.argv[1:]
    sheets = {}
    for name in (placements, unplaced, posts, quotas, annex, summary):
        # The annex may go on in more sheets.
        files = glob.glob(f"{folder}/placements-{name}{' *' if name == annex else ''}.csv")
        files = sorted(set(files + [f"{folder}/placements-{name}.csv"]), key=len)
        sheets[name] = [row for path in files for row in rows(path)]
    people = rows(f"{out}/placements.csv")
    compare(placements, people, sheets[placements])
    compare(posts, rows(f"{out}/posts.csv"), sheets[posts])
    compare(quotas, rows(f"{out}/quotas.csv"), sheets[quotas])

    ids, held = column(people, "person"), column(people, "post")
    without = [person for person, post in zip(ids, held) if not post]
    if without and [row[0] for row in sheets[unplaced][1:]] != without:
        fault(f"{unplaced}: not those without a post")
    listed = [row for row in sheets[annex] if row[0].isdigit()]
    if [row[0] for row in listed] != [str(i + 1) for i in range(len(listed))]:
        fault(f"{annex}: the numbers do not run from 1")
    if sorted(row[2] for row in listed) != sorted(unguarded(i) for i, post in zip(ids, held) if post):
        fault(f"{annex}: not those with a post")
    for name, table in sheets.items():
        for row in table:
            for cell in row:
                if re.match(r"(#[A-Z]|Err:)", cell):
                    fault(f"{name}: an error of a formula: {cell}")
    if faults:
        sys.exit(f"{os.path.basename(out)}: {faults} faults")


main()
