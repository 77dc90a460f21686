"""Names that code may have, made of names that may hold anything."""

import builtins
import keyword
import re
from collections.abc import Collection

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*").fullmatch
_SPELT = re.compile(r"[A-Za-z][A-Za-z0-9_. -]{0,99}").fullmatch
_BREAK = re.compile(r"[^A-Za-z0-9]+")

TYPES = frozenset(
    "str int float bool list dict Any Literal Annotated Field ConfigDict MISSING".split()
)
"""What annotations are made of: a field of that name would take its place."""


PROTECTED = ("model_validate", "model_dump")
"""How the methods of Pydantic begin, which warns of fields that begin so."""


def field_name(name: str, taken: Collection[str], base: type) -> str | None:
    """What a class calls the property ``name``; None when it cannot be a field.

    What is no field is judged by the contract like all else, and stands in ``model_extra``.
    """
    if _SPELT(name) is None:
        return None
    wanted = _BREAK.sub("_", name).strip("_")
    if wanted.startswith(PROTECTED):
        wanted = f"field_{wanted}"
    if wanted in TYPES or keyword.iskeyword(wanted) or hasattr(base, wanted):
        wanted += "_"
    while wanted in taken:
        wanted += "_"
    return wanted if _IDENTIFIER(wanted) else None


def class_name(parent: str, name: str, taken: Collection[str]) -> str:
    """What the class of the object ``name`` inside ``parent`` is called."""
    words = [word[:1].upper() + word[1:] for word in _BREAK.split(name[:100]) if word]
    wanted = parent + ("".join(words) or "Part")
    number, free = 1, wanted
    while free in taken or hasattr(builtins, free):
        number += 1
        free = f"{wanted}{number}"
    return free


def module_path(node_id: str) -> str:
    """The file of the module for the node of that id, below the folder of all of them."""
    parts = [part.replace("-", "_") for part in node_id.split(".")]
    return "/".join(f"{part}_" if keyword.iskeyword(part) else part for part in parts) + ".py"
