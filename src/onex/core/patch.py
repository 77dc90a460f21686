"""What makes one JSON value out of another, as a JSON patch (RFC 6902), and its application.

Only what `diff` makes is applied: members are added, removed and replaced, items replaced. Numbers
are compared with their type and sign, so that a patch gives back a document to the digit.
"""

import re
from typing import cast

from onex.core.canonical import escape
from onex.core.values import JSON

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,17})").fullmatch


def diff(before: JSON, after: JSON) -> list[JSON]:
    """The patch that turns ``before`` into ``after``; empty when they are the same to the digit."""
    found: list[JSON] = []
    _differences("", before, after, found)
    return found


def apply(value: JSON, patch: JSON) -> JSON:
    """``value`` as ``patch`` changes it; both stay as they are.

    Raises:
        ValueError: the patch is none, or does not fit the value.
    """
    if not isinstance(patch, list):
        raise ValueError("a patch is a list of steps")  # noqa: TRY004 - the value is off
    # Copied once, then changed in place: a patch of a foreign document may have a step for each row.
    value = _copied(value) if patch else value
    for step in patch:
        value = _changed(value, _checked(step))
    return value


def same(left: JSON, right: JSON) -> bool:
    """Whether two values are the same to the digit: 1, 1.0 and true differ."""
    return not diff(left, right)


def _differences(path: str, before: JSON, after: JSON, found: list[JSON]) -> None:
    if isinstance(before, dict) and isinstance(after, dict):
        found += [
            {"op": "remove", "path": f"{path}/{escape(key)}"} for key in before if key not in after
        ]
        for key, value in after.items():
            place = f"{path}/{escape(key)}"
            if key in before:
                _differences(place, before[key], value, found)
            else:
                found.append({"op": "add", "path": place, "value": value})
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, pair in enumerate(zip(before, after, strict=True)):
            _differences(f"{path}/{index}", *pair, found)
    elif type(before) is not type(after) or before != after or repr(before) != repr(after):
        found.append({"op": "replace", "path": path, "value": after})


def _checked(step: JSON) -> dict[str, JSON]:
    """``step``, which has the form of a step."""
    if not isinstance(step, dict):
        raise ValueError("a step of a patch is an object")  # noqa: TRY004 - the value is off
    op, path = step.get("op"), step.get("path")
    if op not in ("add", "remove", "replace") or ("value" in step) is (op == "remove"):
        raise ValueError("a step of a patch adds or replaces a value, or removes one")
    if not isinstance(path, str) or not (path.startswith("/") or (path == "" and op == "replace")):
        raise ValueError("a step of a patch has a path, a JSON pointer")
    return step


def _changed(value: JSON, step: dict[str, JSON]) -> JSON:
    """``value`` after one step, which changes it in place."""
    path, given = cast("str", step["path"]), _copied(step.get("value"))
    if not path:
        return given
    *way, last = (key.replace("~1", "/").replace("~0", "~") for key in path.split("/")[1:])
    place: JSON = value
    for key in way:
        place = _below(place, key, path)
    if isinstance(place, dict) and step["op"] == "add":
        place[last] = given
        return value
    _below(place, last, path)
    if isinstance(place, dict):
        if step["op"] == "remove":
            del place[last]
        else:
            place[last] = given
    elif step["op"] == "replace":
        cast("list[JSON]", place)[int(last)] = given
    else:
        raise ValueError(f"the patch does not fit: {path} is an item, which can only be replaced")
    return value


def _below(value: JSON, key: str, path: str) -> JSON:
    """The member or item ``key`` of ``value``."""
    if isinstance(value, dict) and key in value:
        return value[key]
    if isinstance(value, list) and _INDEX(key) and int(key) < len(value):
        return value[int(key)]
    raise ValueError(f"the patch does not fit: there is no {path}")


def _copied(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
