"""What a rule is: data that explains it, and a function that applies it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onex.core.document import Document
from onex.core.index import TreeProblem
from onex.core.places import split_pointer
from onex.core.schema import Problem
from onex.core.text import printable
from onex.validate.seen import Seen
from onex.validate.subject import Forest, Subject
from onex_types.finding import Finding, Fix
from onex_types.onex_node import Waiver

if TYPE_CHECKING:
    from onex.validate.history import NodePair

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverUse:
    """A waiver of a node, and what it came to.

    Attributes:
        subject: the node.
        pointer: where the waiver stands in its document.
        waiver: what it says.
        today: the date, as `2026-01-31`.
        rules: the rules by their codes.
        count: how many findings it waived.
        is_whole: whether all was looked at that its rule looks at.
    """

    subject: Seen
    pointer: str
    waiver: Waiver
    today: str
    rules: "Mapping[str, Rule]"
    count: int
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        code: `ONX` and three digits; never used again for something else.
        name: the rule's name, as its file has it, with hyphens.
        severity: an error fails the gate, a warning does not.
        edition: the edition of the rule set that brought it.
        preview: whether it is still on trial and only warns.
        purpose: what holds where it finds nothing, in one sentence.
        why: what goes wrong otherwise.
        bad: an example that it finds fault with.
        good: the same, mended.
        fix: how to mend it.
        explains: whether its findings quote what a schema says of the place, where that says more
            than ``fix``.
        node: the check of one node, or None.
        forest: the check of the whole tree, or None.
        waiver: the check of one waiver of a node, or None.
        history: the check of one node against what it was, or None.
        late: what the file at a path is to hold, for fixes without edits of their own.
    """

    code: str
    name: str
    severity: Severity = "error"
    edition: str = "2026"
    preview: bool = False
    purpose: str
    why: str
    bad: str
    good: str
    fix: str
    explains: bool = False
    node: Callable[[Subject], Iterable[Finding]] | None = None
    forest: Callable[[Forest], Iterable[Finding]] | None = None
    waiver: Callable[[WaiverUse], Iterable[Finding]] | None = None
    history: "Callable[[NodePair], Iterable[Finding]] | None" = None
    late: Callable[[str], bytes] | None = None

    @property
    def given(self) -> Severity:
        """How bad its findings are, unless an edition says otherwise."""
        return "warning" if self.preview else self.severity

    def finding(  # noqa: PLR0913
        self,
        place: "Document | str",
        message: str,
        *,
        pointer: str = "",
        key: bool = False,
        at: tuple[int, int] | None = None,
        node_id: str | None = None,
        help: str | None = None,  # noqa: A002
        doc: str | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule.

        Args:
            place: the document, or the path of a file that could not be read as one.
            message: what was expected and found.
            pointer: the value's JSON pointer.
            key: whether the member's name is at fault, and not its value.
            at: line and column, when the pointer does not tell them.
            node_id: the node that it belongs to.
            help: the next step; the rule's fix when left out.
            doc: where the field reference describes the field.
            fix: how a program mends it; see ``onex.validate.mend``.
        """
        document = None if isinstance(place, str) else place
        line, column = at or (document.locate(pointer, key=key) if document else (1, 1))
        return {
            "path": place if isinstance(place, str) else place.path,
            "line": line,
            "column": column,
            "code": self.code,
            "rule": self.name,
            "severity": self.given,
            "message": message,
            "help": help or self.fix,
            "pointer": pointer,
            "node_id": node_id,
            "snippet": document.line_text(line, column) if document else None,
            "doc": doc,
            "fixable": fix is not None and fix["applicability"] == "safe",
            "fix": fix,
        }

    def from_problem(self, document: Document, problem: Problem, subject: Subject) -> Finding:
        """A finding of this rule for what a schema has against a value of ``document``."""
        return self.finding(
            document,
            problem.message,
            pointer=problem.pointer,
            key=problem.at_key,
            node_id=subject.node_id,
            help=problem.hint or (_about(problem) if self.explains else None),
            doc=_doc(document, problem, subject),
            fix=self._fix(document, problem, subject) if document is subject.document else None,
        )

    def _fix(self, document: Document, problem: Problem, subject: Subject) -> Fix | None:
        """How a program mends what a schema has against a value of a node's document."""
        from onex.validate import mend  # noqa: PLC0415 - wanted for what is found alone

        if not mend.is_worth(document, len(subject.problems)):
            return None
        is_version = problem.pointer in VERSIONS
        return mend.version(document, problem) if is_version else mend.problem(document, problem)

    def from_lint(self, subject: Subject, *, injection: bool) -> Iterator[Finding]:
        """Findings of this rule for what the lint has against the contract of ``subject``.

        Args:
            subject: the node.
            injection: whether to tell of keys that name code to import, or of all else.
        """
        for (document, pointer), problem in subject.lint_of(injection=injection):
            yield self.finding(
                document,
                problem.message,
                pointer=pointer,
                key=problem.key,
                node_id=subject.node_id,
                help=problem.hint,
            )

    def from_tree(self, problem: TreeProblem) -> Finding:
        """A finding of this rule for what is wrong with a tree."""
        from onex.validate import mend_tree  # noqa: PLC0415 - wanted for what is found alone

        return self.finding(
            problem.source or problem.path,
            problem.message,
            at=problem.at,
            help=problem.help,
            fix=mend_tree.fix(problem),
        )


FIELD_REFERENCE = "schemas/README.md"

VERSIONS = frozenset({"/version", "/metadata_version"})
"""Members of a node's document whose values are versions."""


def _about(problem: Problem) -> str | None:
    """What the schema says of the field that ``problem`` is about."""
    names = [name for name in split_pointer(problem.pointer) if not name.isdecimal()]
    if not problem.about or not names:
        return None
    return f"the schema says of '{printable(names[-1])}': {problem.about}"


def _doc(document: Document, problem: Problem, subject: Subject) -> str:
    """Where the field reference describes the top-level field that ``problem`` is in (ONEX-M1-14)."""
    schema = "onex_node" if document is subject.document else "state_contract"
    names = split_pointer(problem.pointer)[: 0 if problem.key else 1]
    return f"{FIELD_REFERENCE}#{'-'.join([schema, *names])}"
