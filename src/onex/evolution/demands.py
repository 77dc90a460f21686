"""What a node may do, use and demand: where it is more than it was, the change escalates."""

from collections.abc import Iterator
from typing import TypeAlias, cast

from onex.core.node import MEMORY_MB, OUTPUT_BYTES, TIMEOUT_MS, Node
from onex.core.values import JSON
from onex.core.words import shorten
from onex.evolution.change import Verdict
from onex_contract import registry

Told: TypeAlias = tuple[Verdict, str, str]
"""A verdict, the JSON pointer of what it is on, and what was there and is."""

LEVELS = {"isolation": "isolation_level", "trust": "trust_level"}
"""For each key with a minimum the definition of its levels, the lowest first."""

LIMITS = {"timeout_ms": TIMEOUT_MS, "memory_mb": MEMORY_MB, "output_bytes": OUTPUT_BYTES}
"""What a node may use where it does not say so."""


def compare_demands(old: Node, new: Node) -> Iterator[Told]:
    """What changed in what a node may do, use and demand."""
    for look in (_network, _writes, _promises, _limits, _environment, _minimums, _triggers):
        yield from look(cast("dict[str, JSON]", old.value), cast("dict[str, JSON]", new.value))


def _network(old: dict[str, JSON], new: dict[str, JSON]) -> Iterator[Told]:
    before, after = (_inside(value, "effects", "network", default=False) for value in (old, new))
    if before != after:
        verb = "may use the network now" if after else "may not use the network any more"
        yield _verdict(wider=after is True), "/effects/network", f"it {verb}"


def _writes(old: dict[str, JSON], new: dict[str, JSON]) -> Iterator[Told]:
    before, after = (_inside(value, "effects", "writes", default="none") for value in (old, new))
    if before != after:
        wider = not all(_may_write(before, place) for place in _places(after))
        message = f"what it may write was {shorten(before)}, and is {shorten(after)}"
        yield _verdict(wider=wider), "/effects/writes", message


def _places(writes: JSON) -> list[str]:
    """What may be written, as folders and words."""
    if isinstance(writes, list):
        return [str(place) for place in writes]
    return [] if writes == "none" else [str(writes)]


def _may_write(writes: JSON, place: str) -> bool:
    """Whether ``place`` was covered: by itself, or by a folder that it surely lies in."""
    folders = [folder.rstrip("/") for folder in _places(writes)]
    plain = "/../" not in f"{place}/" and "/./" not in f"{place}/"
    return any(
        place.rstrip("/") == folder or (plain and place.startswith(f"{folder}/"))
        for folder in folders
    )


_PROMISES = (
    ("/effects/idempotent", "running it twice does the same as once"),
    ("/deterministic", "equal input always gives equal output"),
)


def _promises(old: dict[str, JSON], new: dict[str, JSON]) -> Iterator[Told]:
    """What others may count on; what is taken back is worth a look of theirs."""
    for pointer, promise in _PROMISES:
        before, after = (
            _inside(value, *pointer.split("/")[1:], default=False) for value in (old, new)
        )
        if before != after:
            words = "it promises now" if after else "it does not promise any more"
            yield _verdict(wider=after is False), pointer, f"{words} that {promise}"


def _limits(old: dict[str, JSON], new: dict[str, JSON]) -> Iterator[Told]:
    for name, default in LIMITS.items():
        before, after = (_inside(value, "limits", name, default=default) for value in (old, new))
        if before != after:
            wider = cast("int", after) > cast("int", before)
            yield _verdict(wider=wider), f"/limits/{name}", f"{name} was {before}, and is {after}"


def _environment(old: dict[str, JSON], new: dict[str, JSON]) -> Iterator[Told]:
    before, after = _names(old.get("required_env")), _names(new.get("required_env"))
    if before != after:
        yield from _moved(
            before, after, "/required_env", "the variable {} of the environment", "is needed"
        )


def _minimums(old: dict[str, JSON], new: dict[str, JSON]) -> Iterator[Told]:
    """How far the node is kept apart, and how far trusted, at least."""
    for key, definition in LEVELS.items():
        levels = _levels(definition)
        before, after = (_inside(value, key, "minimum", default=None) for value in (old, new))
        if before != after:
            rank = [levels.index(level) if level in levels else -1 for level in (before, after)]
            message = f"the minimum was {shorten(before)}, and is {shorten(after)}"
            yield _verdict(wider=rank[1] < rank[0]), f"/{key}/minimum", f"{key}: {message}"


def _triggers(old: dict[str, JSON], new: dict[str, JSON]) -> Iterator[Told]:
    for key in ("on_success", "on_failure", "always"):
        before, after = (
            _names(_inside(value, "triggers", key, default=[])) for value in (old, new)
        )
        if before != after:
            words = f"the node {{}} ({key.replace('_', ' ')})"
            yield from _moved(before, after, f"/triggers/{key}", words, "is started")


def _moved(before: set[str], after: set[str], pointer: str, what: str, verb: str) -> Iterator[Told]:
    for name in sorted(after - before):
        yield "escalating", pointer, f"{what.format(shorten(name))} {verb} now"
    for name in sorted(before - after):
        yield "compatible", pointer, f"{what.format(shorten(name))} {verb} no more"


def _names(value: JSON) -> set[str]:
    return {str(name) for name in value} if isinstance(value, list) else set()


def _inside(value: JSON, *keys: str, default: JSON) -> JSON:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return default if value is None else value


def _verdict(*, wider: bool) -> Verdict:
    return "escalating" if wider else "compatible"


def _levels(definition: str) -> list[JSON]:
    return cast("list[JSON]", registry.schema_at("common", f"/$defs/{definition}")["enum"])
