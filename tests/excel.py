"""excel.py FOLDER OUT [--one]: the tables of a problem folder as workbooks, as a person would have made them.

A column of which all cells are plain numbers is numbers, all others are text; percent, dates, titles and
further sheets are as Excel has them. --one: problem.xlsx with a sheet for each table.
"""
import csv
import pathlib
import re
import shutil
import sys

import openpyxl

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?$")


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [row for row in csv.reader(file) if row]


def fill(sheet, rows):
    width = len(rows[0])
    numeric = [all(NUMBER.match(row[c]) or not row[c] for row in rows[1:]) for c in range(width)]
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row):
            if not text:
                continue
            cell = sheet.cell(r, c + 1)
            if r > 1 and numeric[c]:
                cell.value = float(text) if "." in text else int(text)
            elif re.match(r"[0-9.]+%$", text):
                cell.value, cell.number_format = float(text[:-1]) / 100, "0.00%"
            else:
                cell.value, cell.data_type = text, "s"


def main(folder, out, one):
    folder, out = pathlib.Path(folder), pathlib.Path(out)
    out.mkdir()
    book = openpyxl.Workbook()
    book.active.title = "notes"
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv":
            if not one:
                book = openpyxl.Workbook()
            fill(book.create_sheet(path.stem), read(path))
            if not one:
                book.save(out / (path.stem + ".xlsx"))
        elif path.name == "scenario.yaml":
            shutil.copy(path, out)
    if one:
        book.save(out / "problem.xlsx")


main(sys.argv[1], sys.argv[2], "--one" in sys.argv[3:])
