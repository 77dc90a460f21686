"""One pass over a workspace: read, judge by schema, apply the rules, sort what was found.

Every file is read once and digested once; the rules see what was read. Nothing of a node is
imported or run, and nothing is written.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onex.core import index, scan
from onex.core.tree import NodeRef, Tree
from onex.core.workspace import Workspace
from onex.validate.rules import RULES
from onex.validate.subject import Forest, Subject, examine, examine_contract
from onex_types.finding import Finding

CONTRACT_NAME = re.compile(
    r"(?:.*[._-])?(?:state_)?contract(?:[._@-].*)?\.(?:json|ya?ml)"
).fullmatch
"""Names of files that are taken for state contracts when they are given by themselves."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a validation found.

    Attributes:
        findings: sorted by file, line, column and code.
        subjects: the nodes and contracts that were looked at, in tree order.
        trees: how many `.tree` files were looked at by themselves.
    """

    findings: list[Finding]
    subjects: list[Subject]
    trees: int = 0

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


def validate(workspace: Workspace, refs: Sequence[NodeRef] | None = None) -> Verdict:
    """Judge the nodes ``refs``, or without them the whole workspace with its tree.

    Raises:
        DocumentError: the workspace has no `.tree` at its root.
    """
    index = workspace.tree
    wanted = index.nodes if refs is None else refs
    subjects = [examine(os.path.join(ref.folder, ref.file), ref.segments) for ref in wanted]
    problems = index.problems + scan.check(index) if refs is None else []
    return _verdict(Forest(index, problems, subjects))


def validate_change(ref: NodeRef, data: bytes) -> Verdict:
    """Judge the node ``ref`` as it would be if its document held ``data``."""
    subject = examine(os.path.join(ref.folder, ref.file), ref.segments, data)
    return Verdict(_sorted(_node_findings(subject)), [subject])


def validate_document(path: str) -> Verdict:
    """Judge a file that stands by itself, outside any tree: a `.tree`, a contract or a node.

    What it is follows from its name; the files of a node that stands by itself are not looked at.
    """
    name = os.path.basename(path)
    if name.endswith(index.FILE_NAME):
        forest = Forest(Tree(os.path.dirname(path)), index.judge(path), [])
        return Verdict(_sorted(_forest_findings(forest)), [], trees=1)
    subject = examine_contract(path) if CONTRACT_NAME(name) else examine(path)
    return Verdict(_sorted(_node_findings(subject)), [subject])


def merge(verdicts: Sequence[Verdict]) -> Verdict:
    """Several verdicts as one."""
    found = [finding for verdict in verdicts for finding in verdict.findings]
    subjects = [subject for verdict in verdicts for subject in verdict.subjects]
    return Verdict(_sorted(found), subjects, sum(verdict.trees for verdict in verdicts))


def _verdict(forest: Forest) -> Verdict:
    found = [finding for subject in forest.subjects for finding in _node_findings(subject)]
    found += _forest_findings(forest)
    return Verdict(_sorted(found), forest.subjects)


def _forest_findings(forest: Forest) -> Iterator[Finding]:
    for rule in RULES:
        if rule.forest:
            yield from rule.forest(forest)


def _node_findings(subject: Subject) -> Iterator[Finding]:
    for rule in RULES:
        if rule.node:
            yield from rule.node(subject)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(
        findings, key=lambda f: (f["path"], f["line"], f["column"], f["code"], f["message"])
    )
