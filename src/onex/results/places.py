"""Where the things that a report points at lie, relative to the workspace.

A record of a run holds ids, not paths; what follows from an id is told here, and nothing else.
"""

import re

from onex_types.run import Run, Unit

_NODE_ID = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+").fullmatch
_FOLDER = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}").fullmatch


def record(run: Run) -> str:
    """The record of the run; the id of a run that others wrote may be no name of a folder."""
    run_id = run["run_id"]
    return f"reports/runs/{run_id}/run.json" if _FOLDER(run_id) else "run.json"


def node_document(unit: Unit) -> str | None:
    """The document of the unit's node, which lies in the folder of its id; None for what is none."""
    if unit["kind"] != "node" or not _NODE_ID(unit["item_id"]):
        return None
    return f"{unit['item_id'].replace('.', '/')}/node.onex"
