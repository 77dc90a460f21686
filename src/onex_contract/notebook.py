"""A document as an HTML table, for notebooks (ATLAS-23): every text is escaped, nothing is run."""

import json
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onex_contract.registry import JSON

MOST_ROWS = 100
"""How many items of a list are shown."""


def table(value: "dict[str, JSON]") -> str:
    """``value`` as a table with a row for each member."""
    rows = "".join(
        f'<tr><th scope="row">{escape(key)}</th><td>{_cell(item)}</td></tr>'
        for key, item in value.items()
    )
    return f"<table>{rows}</table>"


def _cell(value: "JSON") -> str:
    """A value inside a table: a list of objects with a column for each of their members."""
    if isinstance(value, dict) and value:
        return table(value)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return _list([item for item in value if isinstance(item, dict)])
    return escape(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _list(items: "list[dict[str, JSON]]") -> str:
    names = list(dict.fromkeys(name for item in items for name in item))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(item.get(name))}</td>' for name in names)}</tr>"
        for item in items[:MOST_ROWS]
    )
    rest = len(items) - MOST_ROWS
    more = f'<tr><td colspan="{len(names)}">and {rest} more</td></tr>' if rest > 0 else ""
    return f"<table><tr>{head}</tr>{rows}{more}</table>"
