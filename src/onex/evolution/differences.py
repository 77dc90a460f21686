"""How two schemas differ, keyword by keyword, in words; each difference can be made by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from onex.core.canonical import escape
from onex.core.lint import LIST_KEYS, MAP_KEYS, SCHEMA_KEYS
from onex.core.values import JSON
from onex.core.words import plain as spelt
from onex.core.words import shorten
from onex.evolution.schemas.plain import WORDS, same

Path: TypeAlias = tuple[str | int, ...]

SAID = WORDS - {"default"} | {"$id"}
"""Keywords that no state depends on."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a schema is not what it was.

    Attributes:
        path: the keys from the root to the keyword, or to the entry below it.
        message: what was there, and what is.
        words: whether only words have changed.
        gone: whether nothing is there any more.
        value: what is there.
    """

    path: Path
    message: str
    words: bool
    gone: bool
    value: JSON

    @property
    def pointer(self) -> str:
        """Where it is in the new schema: what is gone is told where it was missed."""
        path = self.path[:-1] if self.gone else self.path
        return "".join(f"/{escape(str(key))}" for key in path)


def differences(old: JSON, new: JSON, path: Path = ()) -> Iterator[Difference]:
    """Every way in which ``new`` is not ``old``."""
    if same(old, new):
        return
    if not (isinstance(old, dict) and isinstance(new, dict)):
        yield _changed(path, old, new, f"was {shorten(old)}, and is {shorten(new)}")
        return
    for key in dict.fromkeys([*old, *new]):
        place = (*path, key)
        if key not in old:
            yield Difference(
                place, _arrived(key, new[key]), _is_said(key), gone=False, value=new[key]
            )
        elif key not in new:
            message = f"`{key}` is gone; it was {shorten(old[key])}"
            yield Difference(place, message, _is_said(key), gone=True, value=None)
        elif not same(old[key], new[key]):
            yield from _inside(key, old[key], new[key], place)


def alone(old: JSON, new: JSON, difference: Difference) -> JSON:
    """``old`` with nothing changed but ``difference``, and what that refers to."""
    whole = _own(old)
    if not difference.path:
        return difference.value
    parent: JSON = whole
    for key in difference.path[:-1]:
        parent = parent[key]  # type: ignore[index]
    if difference.gone:
        del parent[difference.path[-1]]  # type: ignore[arg-type, union-attr]
    else:
        parent[difference.path[-1]] = _own(difference.value)  # type: ignore[index]
    if isinstance(whole, dict) and isinstance(new, dict) and isinstance(new.get("$defs"), dict):
        whole["$defs"] = {
            **cast("dict[str, JSON]", new["$defs"]),
            **cast("dict[str, JSON]", whole.get("$defs", {})),
        }
    return whole


def _own(value: JSON) -> JSON:
    """A copy in which no two places are one object, as they may be where definitions were put in."""
    if isinstance(value, dict):
        return {key: _own(item) for key, item in value.items()}
    return [_own(item) for item in value] if isinstance(value, list) else value


def _inside(key: str, old: JSON, new: JSON, path: Path) -> Iterator[Difference]:
    """How the value of one keyword differs."""
    if key in SCHEMA_KEYS:
        yield from differences(old, new, path)
    elif (
        key in LIST_KEYS
        and isinstance(old, list)
        and isinstance(new, list)
        and len(old) == len(new)
    ):
        for index, pair in enumerate(zip(old, new, strict=True)):
            yield from differences(*pair, (*path, index))
    elif key in MAP_KEYS and isinstance(old, dict) and isinstance(new, dict):
        yield from _entries(key, old, new, path)
    elif key in {"required", "enum", "type"}:
        message = _moved(key, old, new)
        if message:
            yield _changed(path, old, new, message)
    else:
        message = f"`{key}` was {shorten(old)}, and is {shorten(new)}"
        yield Difference(path, message, _is_said(key), gone=False, value=new)


_ENTRIES = {
    "$defs": "the definition",
    "dependentSchemas": "what depends on",
    "patternProperties": "the pattern of names",
    "properties": "the property",
}


def _entries(
    key: str, old: dict[str, JSON], new: dict[str, JSON], path: Path
) -> Iterator[Difference]:
    """How the entries of a map of schemas differ."""
    for name in dict.fromkeys([*old, *new]):
        place = (*path, name)
        if name in old and name in new:
            yield from differences(old[name], new[name], place)
            continue
        gone = name in old
        message = f"{_ENTRIES[key]} {shorten(name)} is {'gone' if gone else 'new'}"
        # A definition by itself does nothing; what refers to it is a difference of its own.
        yield Difference(
            place, message, key == "$defs", gone=gone, value=None if gone else new[name]
        )


def _moved(key: str, old: JSON, new: JSON) -> str:
    """What came to a set of words and what went; nothing when only their order has changed."""
    before = old if isinstance(old, list) else [old]
    after = new if isinstance(new, list) else [new]
    came = [item for item in after if not any(same(item, other) for other in before)]
    went = [item for item in before if not any(same(item, other) for other in after)]
    verbs = {
        "required": ("must be given now", "need not be given any more"),
        "enum": ("is taken now", "is not taken any more"),
        "type": ("is a type that is taken now", "is a type that is not taken any more"),
    }[key]
    told = zip((came, went), verbs, strict=True)
    return "; ".join(f"{_listed(items)} {verb}" for items, verb in told if items)


def _listed(items: list[JSON]) -> str:
    shown = [shorten(item) if isinstance(item, str) else spelt(item) for item in items[:5]]
    more = [f"{len(items) - 5} more"] if len(items) > 5 else []  # noqa: PLR2004
    return " and ".join([*shown, *more])


def _arrived(key: str, value: JSON) -> str:
    if key == "required" and isinstance(value, list):
        return f"{_listed(value)} must be given now"
    return f"`{key}` is new: {shorten(value)}"


def _changed(path: Path, _: JSON, new: JSON, message: str) -> Difference:
    return Difference(path, message, words=False, gone=False, value=new)


def _is_said(key: str) -> bool:
    return key in SAID or key.startswith("x-")
