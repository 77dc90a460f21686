"""Turn records of the raw penguin survey into a table: one list per column, NA as null."""

from collections.abc import Callable

Value = str | int | float | None


class BadValueError(ValueError):
    """A text that is not what its column holds."""

    code = "bad-value"


def first_word(text: str) -> str:
    """The name of a species without its Latin one."""
    return text.split(maxsplit=1)[0]


def year(text: str) -> int:
    """The year of a date such as 2007-11-11."""
    return int(text[:4])


COLUMNS: dict[str, tuple[str, Callable[[str], Value]]] = {
    "species": ("Species", first_word),
    "island": ("Island", str),
    "bill_length_mm": ("Culmen Length (mm)", float),
    "bill_depth_mm": ("Culmen Depth (mm)", float),
    "flipper_length_mm": ("Flipper Length (mm)", int),
    "body_mass_g": ("Body Mass (g)", int),
    "sex": ("Sex", str.lower),
    "year": ("Date Egg", year),
}
"""For each column of the table: its name in the survey, and what makes a value of the text."""


def run(records: list[dict[str, str]]) -> dict[str, list[Value]]:
    """Give the columns of the table; the n-th value of each belongs to the n-th record."""
    return {
        name: [convert(record[source], make, number) for number, record in enumerate(records, 1)]
        for name, (source, make) in COLUMNS.items()
    }


def convert(text: str, make: Callable[[str], Value], number: int) -> Value:
    """The value of one text; the survey writes NA where nothing was measured.

    Raises:
        BadValueError: the text is no such value; ``number`` counts the records from 1.
    """
    if text == "NA":
        return None
    try:
        return make(text)
    except (ValueError, IndexError) as error:
        raise BadValueError(f"record {number}: {text!r} is not a value of its column") from error
