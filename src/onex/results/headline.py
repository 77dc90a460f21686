"""What there is to say of a unit in a word or a line."""

from onex_types.run import Unit


def headline(unit: Unit) -> str:
    """What happened, in one line: why it did not succeed, else what it told of itself."""
    if unit["errors"]:
        return unit["errors"][0]["message"] or unit["errors"][0]["code"]
    return unit["summary"] or unit["detail"] or unit["status"]


def kind_of(unit: Unit) -> str:
    """What kind of thing the unit is: the executor of a node, else `check`, `command` or `gate`."""
    return unit["node"]["executor"] if unit["node"] else unit["kind"]
