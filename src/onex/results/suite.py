"""What was selected, and from what, as bytes to digest (OBS-08, OBS-09, AMB-05).

The definition of these bytes is onex's own; that of the Observer specification is not published.

    suite      for each item in the order of the plan, one line of JSON in the golden encoding:
               {"cases":["first","second"],"item":"demo.text.clean"}
    inventory  for each node that `.tree` lists, in that order, its id

Every line ends with a line feed; an empty inventory is no bytes at all.
"""

import hashlib
from collections.abc import Iterable

from onex.core.canonical import golden_bytes
from onex.core.values import JSON

EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()
"""The digest of the empty inventory."""


def suite_sha256(cases: Iterable[tuple[str, str]]) -> str:
    """The digest of what was selected: pairs of item id and case key, in the order of the plan."""
    items: dict[str, list[JSON]] = {}
    for item, case in cases:
        items.setdefault(item, []).append(case)
    lines = (golden_bytes({"item": item, "cases": keys}) + b"\n" for item, keys in items.items())
    return hashlib.sha256(b"".join(lines)).hexdigest()


def inventory_sha256(node_ids: Iterable[str]) -> str:
    """The digest of the nodes that there were to select from, in tree order."""
    return hashlib.sha256("".join(f"{node_id}\n" for node_id in node_ids).encode()).hexdigest()
