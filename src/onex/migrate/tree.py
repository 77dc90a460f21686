"""Published trees lifted to a `.tree`: of all that they list, the folders that lead to nodes.

A published tree lists every file of every folder, with metadata. Ours lists nodes and the folders
that hold some, one folder a file, so only its first level is read off (CF-12); `onex tree --write`
writes those below from what is there.
"""

from onex.core.index import render
from onex.core.node import FILE_NAMES
from onex.core.scan import SEGMENT
from onex.core.text import MAX_DEPTH
from onex.core.values import JSON

NAMES = (".onextree", ".tree.json")
"""What published trees were called besides `.tree`."""

KINDS = ("directory", "file")


def is_published(value: JSON) -> bool:
    """Whether ``value`` is a published tree, or meant to be one."""
    if not isinstance(value, dict) or "entries" in value:
        return False
    return "name" in value and ("children" in value or value.get("type") in KINDS)


def problem(value: dict[str, JSON]) -> str | None:
    """What keeps a published tree from being lifted."""
    if value.get("type") != "directory":
        return "the top of a tree is a folder: `type: directory` was expected"
    if not isinstance(value.get("children"), list):
        return "a folder has a list of `children`"
    return None


def lift(value: dict[str, JSON], before: bytes) -> tuple[bytes, list[str]]:
    """The bytes of the `.tree` for the top folder of ``value``, and what was left out."""
    entries, left = [], []
    for child in _children(value):
        name = child.get("name")
        node = next((file for file in FILE_NAMES if _has_file(child, file)), None)
        if not node and not _leads_to_node(child, 0):
            continue
        if isinstance(name, str) and SEGMENT(name):
            entries.append(f"{name}/{FILE_NAMES[0] if node else ''}")
        else:
            left.append(f"left out: the folder {name!a}, whose name no node id can have")
    return render([*set(entries)], before), left


def _children(folder: dict[str, JSON]) -> list[dict[str, JSON]]:
    children = folder.get("children")
    return (
        [child for child in children if isinstance(child, dict)]
        if isinstance(children, list)
        else []
    )


def _has_file(folder: dict[str, JSON], name: str) -> bool:
    return any(child.get("name") == name for child in _children(folder))


def _leads_to_node(folder: dict[str, JSON], depth: int) -> bool:
    if depth > MAX_DEPTH:
        return False
    if any(_has_file(folder, name) for name in FILE_NAMES):
        return True
    return any(_leads_to_node(child, depth + 1) for child in _children(folder))
