"""One node at two times: what changed, what it means, and whether that is a reason to stop.

A weighty change of a draft is free, under review it is told, and where others rely on the node it
stops, unless the version says to them what it means. A version excuses a change of the contract; it
does not excuse that the node is gone, or bears another id.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias, cast

from onex.core.document import Document
from onex.core.lifecycle import MOVES
from onex.core.node import Node
from onex.core.text import printable
from onex.core.values import JSON
from onex.core.words import shorten
from onex.errors import DocumentError
from onex.evolution import version
from onex.evolution.change import WEIGHTS, Verdict, change, weightiest
from onex.evolution.contracts import Mode, compare_contracts
from onex.evolution.demands import compare_demands
from onex.evolution.schemas.plain import same
from onex.evolution.state import State
from onex_types.contract_change import Change, NodeChange

FailOn: TypeAlias = Literal["breaking", "escalating", "any", "never"]

DEMANDS = frozenset("deterministic effects isolation limits required_env triggers trust".split())
"""Keys that ``onex.evolution.demands`` compares."""

CODE = frozenset("cache dependencies entrypoint shared".split())
"""Keys that say how a node does what it does."""

WORDS = frozenset(
    "author created_at deprecated description group last_modified_at meta_type metadata_version "
    "owner schema_version tags waivers".split()
)
"""Keys that say something about a node, and change nothing of what it does."""

IDENTITY = frozenset("lifecycle name namespace uuid version".split())
"""Keys that say which node it is, and what others may expect of it."""

APART = frozenset("files hash state_contract".split())
"""Keys that are compared by what they stand for."""


def compare(before: State | None, after: State | None, mode: Mode, fail_on: FailOn) -> NodeChange:
    """What became of a node; at least one of the two is there."""
    identity, rest = _changes(before, after, mode)
    changes = sorted([*identity, *rest], key=lambda one: WEIGHTS.index(one["verdict"]))
    weight = _weight(before)
    old, new = (_member(state, "version") for state in (before, after))
    is_final = weightiest(identity) == "breaking"
    least = version.needed(old, weightiest(rest)) if old and new and not is_final else None
    enough = not is_final and bool(new) and (not old or version.is_enough(old, new, least))  # type: ignore[arg-type]
    excused = [] if enough else rest
    stops = {one["verdict"] for one in [*identity, *excused]} & {"breaking"}
    stops |= {one["verdict"] for one in rest} & {"escalating"}
    return {
        "node_id": _id(before) or _id(after) or "",
        "verdict": weightiest(changes),
        "weight": weight,
        "fails": _fails(stops, weight, fail_on),
        "lifecycle": {"before": _member(before, "lifecycle"), "after": _member(after, "lifecycle")},  # type: ignore[typeddict-item]
        "version": {"before": old, "after": new, "needed": least, "enough": enough},
        "changes": changes,
    }


def _changes(
    before: State | None, after: State | None, mode: Mode
) -> tuple[list[Change], list[Change]]:
    """What no version excuses, and what one may."""
    if after is None:
        return [_gone(cast("State", before))], []
    if before is None or _is_unreadable(before):
        return [], [_appeared(before, after)]
    if after.problem is not None:
        return [_broken(after.problem)], []
    contract = list(_contract(before, after, mode))
    if before.node is None or after.node is None:
        return [], contract
    identity = list(_identity(before.node, after.node))
    rest = [
        *contract,
        *_demands(before.node, after.node),
        *_keys(before.node, after.node),
        *_files(before, after),
    ]
    if not [*identity, *rest] and _bytes(before) != _bytes(after):
        message = "it is written differently, and says the same"
        rest.append(change("metadata", after.node.document, "", message))
    return identity, rest


def _contract(before: State, after: State, mode: Mode) -> Iterator[Change]:
    if after.contract is None:
        return
    if before.contract is None:
        message = "the contract could not be read before, so nobody relies on it"
        yield change("compatible", after.contract.document, after.contract.base, message)
        return
    yield from compare_contracts(before.contract, after.contract, mode)


def _identity(old: Node, new: Node) -> Iterator[Change]:
    """Whether it is still that node, and where it stands in its life."""
    if old.id != new.id:
        message = f"the node was {old.id}, and calls itself {new.id}; nobody finds it any more"
        yield change("breaking", new.document, "/name", message)
    if old.value["uuid"] != new.value["uuid"]:
        message = "the uuid, which stays with a node for life, has changed"
        yield change("breaking", new.document, "/uuid", message)
    before, after = old.lifecycle, new.lifecycle
    if before != after:
        message = f"the node has moved from {before} to {after}"
        allowed = after in MOVES[before]
        if not allowed:
            message += f"; from {before} it may move to {', '.join(MOVES[before])}"
        yield change("metadata" if allowed else "breaking", new.document, "/lifecycle", message)
    if old.value["version"] != new.value["version"]:
        message = f"the version was {old.value['version']}, and is {new.value['version']}"
        yield change("metadata", new.document, "/version", message)


def _demands(old: Node, new: Node) -> Iterator[Change]:
    for verdict, pointer, message in compare_demands(old, new):
        yield change(verdict, new.document, pointer, message)


def _keys(old: Node, new: Node) -> Iterator[Change]:
    """What changed in the keys that others do not rely on."""
    before, after = cast("dict[str, JSON]", old.value), cast("dict[str, JSON]", new.value)
    for key in sorted({*before, *after} - DEMANDS - IDENTITY - APART):
        if same(before.get(key), after.get(key)):
            continue
        verdict: Verdict = "code-only" if key in CODE else "metadata"
        message = f"`{printable(key)}` has changed"
        if not isinstance(before.get(key, {}), dict | list) and key in before and key in after:
            message = f"`{printable(key)}` was {shorten(before[key])}, and is {shorten(after[key])}"
        yield change(verdict, new.document, f"/{key}" if key in after else "", message)


def _files(before: State, after: State) -> Iterator[Change]:
    """The files that are not what they were; a contract is compared by what it says."""
    source = cast("Node", after.node).document
    contracts = {_member(state, "state_contract") for state in (before, after)}
    for path in sorted({*before.files, *after.files}):
        old, new = before.files.get(path), after.files.get(path)
        if old == new or path in contracts:
            continue
        verb = "is new" if old is None else "is gone" if new is None else "has changed"
        yield change("code-only", source, "/files", f"{printable(path)} {verb}")


def _gone(before: State) -> Change:
    source = before.node.document if before.node else Document(before.folder, b"", None)
    return change("breaking", source, "", "the node is gone")


def _appeared(before: State | None, after: State) -> Change:
    if after.problem is not None and after.node is None:
        return _broken(after.problem)
    documents = [part.document for part in (after.node, after.contract) if part]
    message = "the node is new"
    if before is not None and before.problem is not None:
        message = (
            f"the node could not be read before ({before.problem.problem}), so nobody relies on it"
        )
    return change("added", documents[0], "", message)


def _broken(error: DocumentError) -> Change:
    return {
        "verdict": "breaking",
        "path": error.path,
        "line": error.line,
        "column": error.column,
        "pointer": error.pointer,
        "message": f"it cannot be read any more: {error.problem}",
        "undecided": False,
        "witness": None,
    }


def _is_unreadable(state: State) -> bool:
    return state.node is None and state.problem is not None


def _weight(before: State | None) -> Literal["free", "warns", "blocks"]:
    stage = _member(before, "lifecycle")
    if before is None or stage == "draft" or _is_unreadable(before):
        return "free"
    return "warns" if stage == "review" else "blocks"


def _fails(stops: set[Verdict], weight: str, fail_on: FailOn) -> bool:
    if fail_on in {"any", "never"}:
        return fail_on == "any"
    wanted = {"breaking"} if fail_on == "breaking" else {"breaking", "escalating"}
    return weight == "blocks" and not wanted.isdisjoint(stops)


def _bytes(state: State) -> list[bytes]:
    """What the document and the contract are written as."""
    return [part.document.data for part in (state.node, state.contract) if part]


def _id(state: State | None) -> str | None:
    if state is None:
        return None
    return state.node.id if state.node else state.folder


def _member(state: State | None, key: str) -> str | None:
    """A member of the node's document that is text."""
    value = cast("dict[str, JSON]", state.node.value).get(key) if state and state.node else None
    return value if isinstance(value, str) else None
