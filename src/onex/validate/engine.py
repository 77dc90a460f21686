"""One pass over a workspace: read, judge by schema, apply the rules, sort what was found.

Every file is read once and digested once; the rules see what was read. Nothing of a node is
imported or run, and nothing is written but verdicts for another time (``onex.validate.cache``).
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from onex.core import config, index, scan
from onex.core.index import TreeProblem
from onex.core.tree import NodeRef, Tree
from onex.core.workspace import Workspace
from onex.validate.judge import (
    ALONE,
    Means,
    findings_of,
    glimpse_all,
    judge_all,
    place_of,
    seen_of,
    seldom_collected,
)
from onex.validate.rule import Rule
from onex.validate.rules import SETTLED
from onex.validate.seen import Seen
from onex.validate.subject import Forest, examine, examine_contract
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.history import NodePair
    from onex.validate.waivers import Waived

CONTRACT_NAME = re.compile(
    r"(?:.*[._-])?(?:state_)?contract(?:[._@-].*)?\.(?:json|ya?ml)"
).fullmatch
"""Names of files that are taken for state contracts when they are given by themselves."""


FailOn = Literal["error", "warning", "never"]

Counts = Callable[[TreeProblem], bool]
"""Whether a problem of the tree counts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a validation found.

    Attributes:
        findings: sorted by file, line, column and code.
        subjects: the nodes and contracts that were looked at, in tree order.
        trees: how many `.tree` files were looked at by themselves.
        waived: the findings that do not count, since the owner of the node accepts them.
        hidden: how many findings do not count, since a baseline holds them.
        scope: how it came that not all was looked at; empty when all that was meant was.
        fail_on: the least severity that fails the gate.
        edition: the edition of the rules.
        fixed: how many findings were mended before.
        shows_unsafe: whether unsafe fixes are told in words.
    """

    findings: list[Finding]
    subjects: list[Seen]
    trees: int = 0
    waived: "list[Waived]" = field(default_factory=list)
    hidden: int = 0
    scope: str = ""
    fail_on: "FailOn" = "error"
    edition: str = config.FIRST
    fixed: int = 0
    shows_unsafe: bool = False

    @property
    def fails(self) -> bool:
        """Whether the gate stays shut."""
        if self.fail_on == "never":
            return False
        return bool(self.findings if self.fail_on == "warning" else self.count("error"))

    @property
    def nodes(self) -> int:
        """How many nodes were looked at."""
        return sum(subject.is_node for subject in self.subjects)

    @property
    def contracts(self) -> int:
        """How many contracts were looked at by themselves."""
        return len(self.subjects) - self.nodes

    def count(self, severity: str) -> int:
        """How many findings are of this severity."""
        return sum(finding["severity"] == severity for finding in self.findings)


@seldom_collected()
def validate(  # noqa: PLR0913 - each is one thing that a verdict is held to
    workspace: Workspace,
    refs: Sequence[NodeRef] | None = None,
    *,
    today: str | None = None,
    with_tree: "bool | Counts" = False,
    preview: bool = False,
    history: "Sequence[NodePair]" = (),
    edition: str = config.FIRST,
    means: Means = ALONE,
) -> Verdict:
    """Judge the nodes ``refs``, or without them the whole workspace with its tree.

    Args:
        workspace: the workspace.
        refs: the nodes that are meant.
        today: the date, as `2026-01-31`, that waivers are held to; without it none holds.
        with_tree: whether the tree is judged although single nodes are meant, or which of its
            problems count then.
        preview: whether rules of a coming edition judge, too.
        history: the nodes that are not what they were; whoever asks for it wants it judged, so
            that all rules about changes apply.
        edition: the edition of the rules.
        means: what may be used for it; what is found does not depend on it.

    Raises:
        DocumentError: the workspace has no `.tree` at its root.
    """
    index = workspace.tree
    is_whole = refs is None
    wanted = index.nodes if refs is None else refs
    rules = _rules(edition, preview=preview)
    own = means.part.own(wanted)
    problems: list[TreeProblem] = []

    def look_around() -> None:
        if means.part.is_first and (is_whole or with_tree):
            everything = [*index.problems, *scan.check(index)]
            problems.extend(filter(with_tree, everything) if callable(with_tree) else everything)

    judged = judge_all(own, rules, means, is_whole=is_whole, meanwhile=look_around)
    found = [finding for one in judged for finding in one.findings]
    subjects = [seen_of(ref, one) for ref, one in zip(own, judged, strict=True)]
    others: list[Seen] = []
    if means.part.is_first:
        together, others = _with_others(wanted, own, subjects, means)
        found += _forest_findings(Forest(index, problems, together, today), rules)
        if history:
            found += _history_findings(history, _rules(edition, preview=True))
    whole = is_whole and means.part.is_first
    verdict = _settled(found, subjects, today, rules, is_whole=whole, others=others)
    return replace(verdict, edition=edition)


def _with_others(
    wanted: Sequence[NodeRef], own: Sequence[NodeRef], subjects: Sequence[Seen], means: Means
) -> tuple[list[Seen], list[Seen]]:
    """All nodes that are meant, in the order of the tree, and those that are judged elsewhere.

    Which of two nodes is told of depends on the order.
    """
    mine = {place_of(ref): subject for ref, subject in zip(own, subjects, strict=True)}
    others = glimpse_all([ref for ref in wanted if place_of(ref) not in mine], means)
    rest = iter(others)
    return [mine.get(place_of(ref)) or next(rest) for ref in wanted], others


def validate_change(
    ref: NodeRef, data: bytes, *, today: str | None = None, edition: str = config.FIRST
) -> Verdict:
    """Judge the node ``ref`` as it would be if its document held ``data``.

    Args:
        ref: the node.
        data: what its document is about to hold.
        today: the date that waivers are held to; see ``validate``.
        edition: the edition of the rules.
    """
    subject = examine(os.path.join(ref.folder, ref.file), ref.segments, data)
    rules = _rules(edition, preview=False)
    found = list(findings_of(subject, rules))
    kept = subject.seen.hold(subject.document)
    verdict = _settled(found, [kept], today, rules, is_whole=False)
    return replace(verdict, edition=edition)


def validate_document(
    path: str, *, today: str | None = None, preview: bool = False, edition: str = config.FIRST
) -> Verdict:
    """Judge a file that stands by itself, outside any tree: a `.tree`, a contract or a node.

    What it is follows from its name; the files of a node that stands by itself are not looked at.

    Args:
        path: the file.
        today: the date that waivers are held to; see ``validate``.
        preview: whether rules of a coming edition judge, too.
        edition: the edition of the rules.
    """
    rules = _rules(edition, preview=preview)
    name = os.path.basename(path)
    if name.endswith(index.FILE_NAME):
        forest = Forest(Tree(os.path.dirname(path)), index.judge(path), [])
        return Verdict(_sorted(_forest_findings(forest, rules)), [], trees=1, edition=edition)
    subject = examine_contract(path) if CONTRACT_NAME(name) else examine(path)
    found = list(findings_of(subject, rules))
    verdict = _settled(found, [subject.seen], today, rules, is_whole=False)
    return replace(verdict, edition=edition)


def merge(verdicts: Sequence[Verdict]) -> Verdict:
    """Several verdicts as one."""
    found = [finding for verdict in verdicts for finding in verdict.findings]
    subjects = [subject for verdict in verdicts for subject in verdict.subjects]
    return Verdict(
        _sorted(found),
        subjects,
        sum(verdict.trees for verdict in verdicts),
        sorted(
            (waived for verdict in verdicts for waived in verdict.waived),
            key=lambda one: _place(one.finding),
        ),
        edition=max(verdict.edition for verdict in verdicts),
    )


def _settled(  # noqa: PLR0913
    found: list[Finding],
    subjects: list[Seen],
    today: str | None,
    rules: Sequence[Rule],
    *,
    is_whole: bool,
    others: Sequence[Seen] = (),
) -> Verdict:
    """The verdict, with the waivers of the nodes applied where there are any."""
    waived: list[Waived] = []
    if today is not None and any(s.facts and s.facts.get("waivers") for s in [*subjects, *others]):
        from onex.validate.waivers import apply  # noqa: PLC0415 - few nodes have waivers

        found, waived = apply(found, subjects, today, rules, is_whole=is_whole, others=others)
        waived.sort(key=lambda one: _place(one.finding))
    return Verdict(_sorted(found), subjects, waived=waived)


def _rules(edition: str, *, preview: bool) -> Sequence[Rule]:
    if edition == config.CURRENT and not preview:
        return SETTLED
    from onex.validate.editions import in_force  # noqa: PLC0415 - few workspaces are ahead

    return in_force(edition, preview=preview)


def _forest_findings(forest: Forest, rules: Sequence[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if rule.forest:
            yield from rule.forest(forest)


def _history_findings(pairs: "Sequence[NodePair]", rules: Sequence[Rule]) -> Iterator[Finding]:
    for pair in pairs:
        for rule in rules:
            if rule.history:
                yield from rule.history(pair)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=_place)


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    path, line, column = finding["path"], finding["line"], finding["column"]
    return path, line, column, finding["code"], finding["message"]
