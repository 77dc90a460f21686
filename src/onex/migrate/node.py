"""Node documents of edition 0.1.0, and the blocks that came before it, lifted to edition 1.0.0.

Each function decides one member. A value is kept, spelled anew where its meaning is plain
(``v1_0_0`` is 1.0.0, `archived` is `deprecated`: CF-11), or left to a person.
"""

import os
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from onex.core import document
from onex.core.node import FILE_NAMES
from onex.core.scan import SEGMENT, SEGMENT_WORDS
from onex.core.tidy import NODE_KEYS
from onex.core.values import JSON
from onex.core.words import SHOWN, cut
from onex.errors import DocumentError
from onex.migrate.draft import Draft
from onex.migrate.entrypoint import lift_entrypoint
from onex.migrate.rest import quote_fractions, set_aside
from onex.validate.engine import CONTRACT_NAME
from onex_contract import registry

TRUST: JSON = {
    "policy": "default",
    "minimum": None,
    "snapshot": dict.fromkeys(("score", "lower"))
    | {"samples": 0, "level": "unrated", "as_of": None, "head": None},
}
"""What is known of a node that was never run: nothing."""

LIFECYCLES = {"archived": "deprecated", "template": "draft"}
"""What stages of a published life are called now (CF-11)."""

_SCHEME = re.compile(r"[a-z_]+://|[a-z]+@").match
_EDITION_PART = re.compile(r"v?[0-9]+(?:_[0-9]+)*").fullmatch
_VERSION = re.compile(r"v?([0-9]+)[._]([0-9]+)[._]([0-9]+)").fullmatch
_TAG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}").fullmatch


def begin(draft: Draft) -> None:
    """From the first blocks (edition 0.1) to edition 0.1.0: an entrypoint was only a file."""
    draft.put("metadata_version", "0.1.0")
    target = draft.text("entrypoint")
    if target.endswith(".py") and not _SCHEME(target):
        draft.put("entrypoint", f"python@{target}")


def lift(draft: Draft) -> None:
    """From edition 0.1.0 to edition 1.0.0."""
    draft.put("metadata_version", "1.0.0")
    draft.drop("hash")
    draft.drop("files")
    for step in STEPS:
        step(draft)
    if draft.get("trust") is None:
        draft.put("trust", TRUST)
    set_aside(draft, NODE_KEYS)
    quote_fractions(draft.root)


def _name(draft: Draft) -> None:
    name = draft.text("name")
    if not SEGMENT(name):
        draft.ask("name", f"write the name of the node's folder: {SEGMENT_WORDS}")
        return
    folder = os.path.basename(draft.folder)
    if folder != name:
        wanted = f"the folder is called {folder!a}, and both must be the same: rename one of them"
        draft.ask("name", wanted, keeps=True)


def _namespace(draft: Draft) -> None:
    value = draft.get("namespace")
    if isinstance(value, dict) and list(value) == ["value"]:
        value = value["value"]
    found = _folders(value, draft.text("name")) if isinstance(value, str) else ""
    if registry.validator("common", definition="namespace").is_valid(found):
        if found != value:
            draft.notes.append(f"namespace: {found}, taken from {value}")
        draft.put("namespace", found)
    else:
        draft.ask("namespace", "write the names of the folders above the node, joined by dots")


def _folders(namespace: str, name: str) -> str:
    """``namespace`` without scheme, edition and the node's own name."""
    scheme = _SCHEME(namespace)
    parts = namespace[scheme.end() if scheme else 0 :].split(".")
    if scheme:
        parts = parts[:-1]  # the name of a file
    parts = [part for part in parts if not _EDITION_PART(part)]
    return ".".join(parts[:-1] if parts[-1:] == [name] else parts)


def _version(draft: Draft) -> None:
    value = draft.text("version")
    spelled = _VERSION(value)
    if registry.validator("common", definition="semver").is_valid(value):
        draft.put("version", value)
    elif spelled:
        draft.put("version", ".".join(str(int(part)) for part in spelled.groups()))
    else:
        draft.ask("version", 'write the version as three numbers in quotes, such as "1.0.0"')


def _uuid(draft: Draft) -> None:
    try:
        draft.put("uuid", str(uuid.UUID(draft.text("uuid"))), quotes=True)
    except ValueError:
        node_id = f"{draft.text('namespace')}.{draft.text('name')}"
        example = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:onex:node:{node_id}")
        draft.ask("uuid", f"write a UUID that stays with the node; a new one of it is {example}")


def _owner(draft: Draft) -> None:
    if not draft.text("owner"):
        author = draft.text("author")
        hint = f"; its author is {cut(author, SHOWN)}" if author else ""
        draft.ask("owner", f"write the person or team that answers for the node{hint}")


def _description(draft: Draft) -> None:
    if not draft.text("description"):
        draft.ask("description", "write in a sentence what the node does")


def _times(draft: Draft) -> None:
    for name in ("created_at", "last_modified_at"):
        value = draft.text(name)
        moment = _in_utc(value)
        if moment:
            draft.put(name, moment)
        elif value:
            new = draft.set_aside(name)
            draft.notes.append(f"{name}: {value} has no time zone, and is kept as {new}")


def _in_utc(text: str) -> str:
    """A time in UTC; empty where the time zone is not known."""
    try:
        moment = datetime.fromisoformat(text)
        in_utc = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return ""
    return f"{in_utc.isoformat().removesuffix('+00:00')}Z" if in_utc else ""


def _lifecycle(draft: Draft) -> None:
    value = draft.text("lifecycle")
    stages = registry.validator("common", definition="lifecycle")
    if value == "archived" and draft.get("deprecated") is None:
        draft.put("deprecated", {"reason": "was archived before edition 1.0.0"})
    if value in LIFECYCLES:
        draft.put("lifecycle", LIFECYCLES[value])
        draft.notes.append(f"lifecycle: {LIFECYCLES[value]}, which was called {value}")
    elif not stages.is_valid(value):
        draft.ask("lifecycle", "write draft, review, active or deprecated")


def _tags(draft: Draft) -> None:
    tags = draft.get("tags")
    if not isinstance(tags, list):
        return
    spelled = [re.sub(r"[\s.]+", "-", tag.strip().lower()) for tag in tags if isinstance(tag, str)]
    if len(spelled) != len(tags) or not all(map(_TAG, spelled)):
        draft.ask("tags", "write words of lower-case letters, digits, _ and -", keeps=True)
    elif spelled != tags:
        draft.put("tags", list(dict.fromkeys(spelled)))
        draft.notes.append(f"tags: spelled {', '.join(spelled)}")


def _state_contract(draft: Draft) -> None:
    value = draft.text("state_contract")
    if isinstance(draft.get("state_contract"), dict):
        return
    name = value.partition("://")[2] if "://" in value else value
    if name.endswith((".json", ".yaml", ".yml")) and draft.has_file(name):
        draft.put("state_contract", name)
        if draft.get("lifecycle") == "active" and not _has_cases(draft, name):
            wanted = (
                "an active node has a case: write `cases` into its contract, or make it a draft"
            )
            draft.ask("lifecycle", wanted, keeps=True)
        return
    found = sorted(file for file in os.listdir(draft.folder) if CONTRACT_NAME(file))
    hint = f"; here is {', '.join(map(ascii, found[:3]))}" if found else ""
    draft.ask("state_contract", f"write the name of the contract's file in this folder{hint}")


def _has_cases(draft: Draft, name: str) -> bool:
    """Whether the contract in the file ``name`` has cases; what cannot be read has none."""
    try:
        value = document.read(os.path.join(draft.folder, name)).value
    except DocumentError:
        return False
    return isinstance(value, dict) and bool(value.get("cases"))


def _dependencies(draft: Draft) -> None:
    dependencies = draft.get("dependencies")
    if isinstance(dependencies, list) and dependencies:
        if not all(isinstance(item, dict) and "node" in item for item in dependencies):
            new = draft.set_aside("dependencies")
            draft.notes.append(f"dependencies: they name no nodes, and are kept as {new}")
    else:
        draft.drop("dependencies")


STEPS: tuple[Callable[[Draft], None], ...] = (
    *(_name, _namespace, _version, _uuid, _description, _owner, _times, _lifecycle, _tags),
    *(lift_entrypoint, _state_contract, _dependencies),
)
"""What is decided, in this order: the UUID that is proposed needs the name."""

FILE_NAME = FILE_NAMES[0]
"""What a lifted node document is called."""
