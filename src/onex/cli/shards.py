"""Which part of the nodes ``onex validate --shards`` means, and how that is said."""

import os

from onex.errors import UsageError
from onex.validate.shards import WHOLE, Part

FROM_CI = "ci"
NUMBER, COUNT = "CI_NODE_INDEX", "CI_NODE_TOTAL"
"""The variables in which GitLab tells a job that runs several times which one it is."""

MOST = 1000
"""How many parts there may be."""


def part_of(shards: str | None, shard: int | None) -> Part:
    """The part that the options ``--shards`` and ``--shard`` mean.

    Raises:
        UsageError: they mean none.
    """
    if shards is None:
        if shard is not None:
            raise _refusal(f"--shard {shard} needs --shards N: it is the part of how many?")
        return WHOLE
    count = _variable(COUNT) if shards == FROM_CI else _number(shards, "--shards", MOST)
    if shard is None:
        told = os.environ.get(COUNT, str(count))
        if told != str(count):
            raise _refusal(f"--shards {count}, but {COUNT} is {told}; give --shard, too")
        shard = _variable(NUMBER)
    if not 1 <= shard <= count:
        raise _refusal(f"there is no shard {shard} of {count}; they are counted from 1")
    return Part(shard, count)


def scope_of(part: Part, shard: int | None) -> str:
    """How the closing line names the part; with where its number came from."""
    origin = f" (from {NUMBER})" if shard is None else ""
    return f"shard {part.number} of {part.count}{origin}"


def _variable(name: str) -> int:
    value = os.environ.get(name)
    if value is None:
        raise _refusal(f"which shard is meant? --shard is not given, and {name} is not set")
    return _number(value, name, MOST)


def _number(text: str, origin: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        raise _refusal(f"{origin}: expected a number from 1 to {most}, but found {text!r}")
    if not 1 <= int(text) <= most:
        raise _refusal(f"{origin}: expected a number from 1 to {most}, but found {text}")
    return int(text)


def _refusal(problem: str) -> UsageError:
    return UsageError(problem, help="run it as `onex validate --shards 4 --shard 2`, for example")
