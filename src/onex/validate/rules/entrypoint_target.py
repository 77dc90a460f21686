"""ONX602: what a node executes is there, and inside the node."""

import re
from collections.abc import Iterator

from onex.core.text import printable
from onex.validate.names import target_file
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

PYTHON_TARGET = re.compile(r"[^:]+\.py:[A-Za-z_][A-Za-z0-9_]*").fullmatch


def check(subject: Subject) -> Iterator[Finding]:
    """A target that is missing, has the wrong form, or lies outside the node's folder."""
    if not subject.node or not subject.segments:
        return
    entry = subject.node.value["entrypoint"]
    message = _fault(subject, entry["type"], entry.get("target"))
    if message:
        yield RULE.finding(
            subject.node.document,
            message,
            pointer="/entrypoint/target",
            key="target" not in entry,
            node_id=subject.node_id,
        )


def _fault(subject: Subject, kind: str, target: str | None) -> str | None:
    """What is wrong with the target of an entrypoint of this kind."""
    if kind not in {"python", "cli"}:
        return None
    if target is None:
        return f"an entrypoint of type {kind} needs a target"
    if kind == "python" and not PYTHON_TARGET(target):
        return f"target '{printable(target)}' must be a file of the node and a function in it, like node.py:run"
    if target.startswith(("/", "~")) or ".." in target.split("/") or "\\" in target:
        return f"target '{printable(target)}' lies outside the node's folder"
    return _missing(subject, kind, target)


def _missing(subject: Subject, kind: str, target: str) -> str | None:
    """Why nothing can be found by ``target``, which lies inside the node or has no folder."""
    if not target.isprintable() or (kind == "cli" and (target in {"", "."} or ":" in target)):
        return (
            f"target '{printable(target)}' is neither a file of the node nor the name of a command"
        )
    name = target_file(subject.node.value) if subject.node else None
    if name is not None and name not in subject.files and not subject.files_fault:
        return (
            f"target '{printable(target)}': there is no file {printable(name)} in the node's folder"
        )
    return None


RULE = Rule(
    code="ONX602",
    name="entrypoint-target",
    purpose="A Python target is a file of the node and a function; a command with a path is a file of the node.",
    why="A node that runs a file from elsewhere runs what nobody locked.",
    bad="""\
entrypoint:
  type: python
  target: ../shared/node.py:run
""",
    good="""\
entrypoint:
  type: python
  target: node.py:run
""",
    fix="put the file into the node's folder and name it in `target`; a bare name such as `sort` is looked up on the search path",
    node=check,
)
