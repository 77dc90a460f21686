"""Judging many nodes by the rules of single nodes: each one's verdict, and what is kept of it.

A verdict is a plain value, so that it can come from a process beside this one, or from a time when
the node was the same (``onex.validate.cache``). Which it was cannot be told from the result.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from onex.core.executors import BUILT_IN
from onex.core.tree import NodeRef
from onex.validate import sources
from onex.validate.judged import Judged
from onex.validate.names import target_file
from onex.validate.rule import Rule
from onex.validate.seen import Seen
from onex.validate.shards import WHOLE, Part
from onex.validate.subject import Subject, examine, glimpse
from onex.validate.workers import spread
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.cache import Cache

LEAST = 300
"""How many nodes are worth another process."""

LEAST_KNOWN = 1000
"""How many are when their verdicts are known, so that they are only read."""

LEAST_CACHED = 64
"""How many nodes are worth looking for what is known of them."""

SELDOM = 20_000
"""After how many new objects Python is to look for garbage."""


@dataclass(frozen=True, slots=True)
class Means:
    """What may be used to judge, and how much of it is to be done; no verdict depends on it.

    Attributes:
        jobs: how many processes there may be.
        cache: finds what is known from other times of the verdicts by some rules, if that is used.
        part: the part of the nodes that is meant.
    """

    jobs: int = 1
    cache: "Callable[[Sequence[Rule]], Cache | None] | None" = None
    part: Part = WHOLE


ALONE = Means()
"""One process, and nothing known."""


def place_of(ref: NodeRef) -> str:
    """The document of the node, relative to the root of the tree."""
    return "/".join((*ref.segments, ref.file))


def seen_of(ref: NodeRef, judged: Judged) -> Seen:
    """What is kept of a node that was judged."""
    path = os.path.join(ref.folder, ref.file)
    return Seen(path, ref.segments, True, judged.digest, judged.hash, judged.facts)  # noqa: FBT003


def judge_all(
    refs: Sequence[NodeRef],
    rules: Sequence[Rule],
    means: Means,
    *,
    is_whole: bool,
    meanwhile: Callable[[], object],
) -> list[Judged]:
    """The verdicts on nodes, in their order; all their bytes are read and digested in any case.

    Args:
        refs: the nodes.
        rules: the rules that judge.
        means: what may be used for it.
        is_whole: whether there are no other nodes.
        meanwhile: what else is to be done; with several processes, while others judge.

    Raises:
        OnexError: a process ended before its work was done.
    """
    cache = means.cache(rules) if means.cache and len(refs) >= LEAST_CACHED else None
    known = cache.keys if cache else {}
    rules = [rule for rule in rules if rule.node]
    places = [place_of(ref) for ref in refs]

    def work(part: Sequence[NodeRef]) -> list[tuple[Any, ...] | None]:
        found = (judge(ref, rules, known.get(place_of(ref))) for ref in part)
        return [None if judged is None else tuple(judged) for judged in found]

    least = LEAST_KNOWN if known else LEAST
    jobs = means.jobs if len(refs) >= least else 1

    def first() -> None:
        if cache:
            cache.verdicts()
        meanwhile()

    found = spread(refs, work, jobs, first)
    verdicts: dict[str, Judged] = {}
    for ref, place, judged in zip(refs, places, found, strict=True):
        verdict = Judged(*judged) if judged else cache.verdicts().get(place) if cache else None
        # A key without a verdict stands in a file that somebody made: it says nothing.
        verdicts[place] = verdict or cast("Judged", judge(ref, rules))
    if cache:
        cache.keep(verdicts, is_whole=is_whole and means.part.is_whole)
    return [verdicts[place] for place in places]


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for garbage less often: what one node leaves behind is little."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def judge(ref: NodeRef, rules: Sequence[Rule], known: str | None = None) -> Judged | None:
    """The verdict on a node as it lies there; None when it is the one that is ``known``.

    Args:
        ref: the node.
        rules: the rules that judge.
        known: the key of a verdict from another time.
    """
    found = sources.read(ref.folder, ref.file)
    key = found.key(ref.segments, ref.file) if found else ""
    if key and key == known:
        return None
    data = found.data if found else None
    subject = examine(os.path.join(ref.folder, ref.file), ref.segments, data, found)
    findings = list(findings_of(subject, rules))
    seen = subject.seen
    return Judged(key if _is_closed(subject) else "", seen.digest, seen.hash, seen.facts, findings)


def glimpse_all(refs: Sequence[NodeRef], means: Means) -> list[Seen]:
    """What is kept of nodes that are judged elsewhere; their documents alone are read.

    Raises:
        OnexError: a process ended before its work was done.
    """

    def work(part: Sequence[NodeRef]) -> list[tuple[Any, ...]]:
        seen = (glimpse(os.path.join(ref.folder, ref.file), ref.segments).seen for ref in part)
        return [("", one.digest, one.hash, one.facts, []) for one in seen]

    found = spread(refs, work, means.jobs if len(refs) >= LEAST else 1)
    return [seen_of(ref, Judged(*one)) for ref, one in zip(refs, found, strict=True)]


def findings_of(subject: Subject, rules: Iterable[Rule]) -> Iterator[Finding]:
    """What the rules of single nodes find."""
    for rule in rules:
        if rule.node:
            yield from rule.node(subject)


def _is_closed(subject: Subject) -> bool:
    """Whether nothing but the bytes that were read first had a say in the verdict."""
    if subject.fault or subject.files_fault:
        return False
    if not subject.node:
        return True
    value = subject.node.value
    if value["entrypoint"]["type"] not in BUILT_IN or "shared" in value:
        return False
    # A file that was not read, or whose change was explained, was looked at once more.
    block = value["state_contract"]
    needed = {name for name in (block, target_file(value)) if isinstance(name, str)}
    return needed <= subject.contents.keys() and all(
        problem.kind != "changed" for problem in subject.lock_problems
    )
