"""ONX608: code that writes outside of its work folder is said to."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onex.core.text import shorten
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.calls import Use, Uses

WRITERS = {
    **dict.fromkeys(("os.makedirs", "os.mkdir", "os.remove", "os.rmdir", "os.unlink"), 0),
    **dict.fromkeys(("os.truncate", "shutil.rmtree"), 0),
    **dict.fromkeys(("os.rename", "os.replace", "os.link", "os.symlink", "shutil.move"), 1),
    **dict.fromkeys(("shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree"), 1),
}
"""Functions that change what stands at a path, and which of their arguments that is."""

METHODS = frozenset("mkdir rmdir touch unlink write_bytes write_text".split())
"""Methods of a path that change what stands there."""

STREAMS = ("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/fd/", "/proc/self/fd/")
"""What is written to without anything being left."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each place that is plainly outside of the work folder, that is written, and not declared."""
    code = subject.code
    if not code or code.fault or not subject.node:
        return
    allowed = subject.node.value.get("effects", {}).get("writes", "none")
    folders = allowed if isinstance(allowed, list) else []
    from onex.validate import calls  # noqa: PLC0415 - the coming edition asks about calls

    found = calls.uses(code.data)
    for use, place in _written(found):
        if place.startswith(STREAMS) or any(_lies_in(place, folder) for folder in folders):
            continue
        yield RULE.finding(
            code.place,
            f"the code writes to {shorten(place)} ({use.name.lstrip('.')}), and `effects.writes` names no folder around it",
            at=use.at,
            node_id=subject.node_id,
        )


def _written(found: "Uses") -> Iterator[tuple["Use", str]]:
    """Each call that writes outside of the work folder, and the path as far as it stands there."""
    for use, call in found.calls():
        target = _target(use.name, call)
        place = found.beginning(target) if target else None
        if place and place.startswith(("/", "~")):
            yield use, place


def _target(name: str, call: ast.Call) -> ast.expr | None:
    """What a call writes to, if it writes."""
    own = call.func.value if isinstance(call.func, ast.Attribute) else None
    if name in {"open", "io.open"}:
        return call.args[0] if call.args and _writes(call, 1) else None
    if name == ".open":
        return own if _writes(call, 0) else None
    if name.removeprefix(".") in METHODS and name[0] == ".":
        return own
    position = WRITERS.get(name, len(call.args))
    return call.args[position] if position < len(call.args) else None


def _writes(call: ast.Call, position: int) -> bool:
    """Whether the mode that a file is opened in lets it be written."""
    given = [word.value for word in call.keywords if word.arg == "mode"]
    for mode in [*call.args[position : position + 1], *given]:
        if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
            return not set(mode.value).isdisjoint("wax+")
    return False


def _lies_in(place: str, folder: str) -> bool:
    """Whether ``place`` is the folder or lies in it."""
    folder = folder.rstrip("/")
    return place == folder or place.startswith(f"{folder}/")


RULE = Rule(
    code="ONX608",
    name="undeclared-writes",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="A Python node that writes to an absolute path, or below a home folder, names a folder around it in `effects.writes`.",
    why="Whoever decides where a node may run reads its effects and not its code; a node may write its own work folder alone, and fails in the middle of a run where it is held to that.",
    bad="""\
# node.py: open("/var/lib/rates/latest.json", "w")
effects: {writes: none}
""",
    good="""\
# node.py: open("/var/lib/rates/latest.json", "w")
effects: {writes: [/var/lib/rates]}
""",
    fix="name the folder in `effects.writes`, or write a relative path, which lies in the work folder; then run `onex lock`",
    node=check,
)
