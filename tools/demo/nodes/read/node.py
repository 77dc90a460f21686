"""Read a CSV file into records, each value as the text that stands in the file."""

import csv


class RaggedRowError(ValueError):
    """A row that has more or fewer values than the header has names."""

    code = "ragged-row"


def run(file: str) -> dict[str, list[dict[str, str]]]:
    """Give one record for each row below the header.

    Raises:
        RaggedRowError: a row does not fit the header.
    """
    with open(file, encoding="utf-8", newline="") as source:
        rows = csv.reader(source, strict=True)
        header = next(rows, [])
        return {"records": [record(header, row, rows.line_num) for row in rows]}


def record(header: list[str], row: list[str], line: int) -> dict[str, str]:
    """The values of ``row``, which ends on that line of the file, by the names of ``header``."""
    if len(row) != len(header):
        raise RaggedRowError(f"line {line}: {len(row)} values for {len(header)} columns")
    return dict(zip(header, row, strict=True))
