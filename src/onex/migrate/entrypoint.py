"""The entrypoint of a published node: a scheme and a file, without the function that is called.

The function is looked for in the file, which is parsed and never run.
"""

import os
import re
from typing import NamedTuple

from onex.core import document
from onex.core.executors import BUILT_IN
from onex.core.snapshot import MOST_PATH
from onex.core.values import JSON
from onex.core.words import SHOWN, cut
from onex.errors import DocumentError
from onex.migrate.draft import TODO, Draft
from onex.validate import code

FUNCTION = "run"
"""What the function is called in nodes of onex."""

_SPELLED = re.compile(r"(?P<type>[a-z][a-z0-9_-]*)(?:@|://)(?P<target>.+)").fullmatch
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+").fullmatch


class _Entry(NamedTuple):
    """An executor and its target; both empty where the document says nothing of use."""

    type: str
    target: str


def lift_entrypoint(draft: Draft) -> None:
    """Bring the entrypoint into the form of edition 1.0.0."""
    value = draft.get("entrypoint")
    entry = _read(value)
    if entry.type == "python":
        _lift_python(draft, entry.target)
    elif entry.type not in BUILT_IN:
        kinds = ", ".join(BUILT_IN)
        wanted = f"write an executor ({kinds}) as `type`, and what it runs as `target`"
        draft.ask("entrypoint", wanted, now="/entrypoint/type", keeps=True)
        _put(draft, f"{TODO}{kinds}", entry.target)
    else:
        _put(draft, entry.type, entry.target)


def _put(draft: Draft, kind: str, target: str) -> None:
    """Write the entrypoint; what else a mapping holds stays."""
    old = draft.get("entrypoint")
    members: dict[str, JSON] = {**(old if isinstance(old, dict) else {}), "type": kind}
    if target:
        members["target"] = target
    draft.put("entrypoint", members)


def _read(value: JSON) -> _Entry:
    if isinstance(value, dict):
        kind, target = value.get("type"), value.get("target")
        return _Entry(
            kind if isinstance(kind, str) else "", target if isinstance(target, str) else ""
        )
    found = _SPELLED(value.strip()) if isinstance(value, str) else None
    return _Entry(found["type"], found["target"]) if found else _Entry("", "")


def _lift_python(draft: Draft, target: str) -> None:
    named, _, function = target.partition(":")
    file = _file(draft, named)
    if file is None:
        shown = cut(os.path.basename(named), SHOWN) or "node.py"
        wanted = (
            f"put the file into this folder and write file and function, such as {shown}:{FUNCTION}"
        )
    else:
        names = _functions(draft, file)
        if (function or FUNCTION) in names:
            _put(draft, "python", f"{file}:{function or FUNCTION}")
            return
        known = f"; it defines {cut(', '.join(names), SHOWN)}" if names else ""
        wanted = f"write the function behind the file, such as {file}:{FUNCTION}{known}"
    draft.ask("entrypoint", wanted, now="/entrypoint/target", keeps=True)
    _put(draft, "python", f"{TODO}{wanted}")


def _file(draft: Draft, named: str) -> str | None:
    """The file of the folder that ``named`` means: a path from somewhere above, or a module."""
    if _MODULE(named) and not named.endswith(".py"):
        named = f"{named.replace('.', '/')}.py"
    if len(named) > MOST_PATH:
        return None
    parts = [part for part in named.split("/") if part not in {"", "."}]
    paths = ["/".join(parts[start:]) for start in range(len(parts))]
    return next((path for path in paths if path.endswith(".py") and draft.has_file(path)), None)


def _functions(draft: Draft, file: str) -> tuple[str, ...]:
    try:
        data = document.read_bytes(os.path.join(draft.folder, file), follow=False)
    except DocumentError:
        return ()
    return code.read(file, data, FUNCTION).names
