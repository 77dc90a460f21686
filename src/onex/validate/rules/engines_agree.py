"""ONX112: both schema engines say the same."""

from collections.abc import Iterator

from onex.core import node
from onex.core.document import Document
from onex.core.schema import Problem
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """A document that one engine refuses and the other accepts; asked about refused ones alone."""
    for name, key, document, problems in (
        ("onex_node", "metadata_version", subject.document, subject.problems),
        (
            "state_contract",
            "contract_version",
            subject.contract_document,
            subject.contract_problems,
        ),
    ):
        if document and _refused_by_schema(document, key, problems):
            from onex.validate import reference  # noqa: PLC0415 - slow, and good input does without

            if reference.accepts(name, document.value):
                yield RULE.finding(
                    document,
                    "jsonschema-rs refuses this document, but jsonschema accepts it",
                    node_id=subject.node_id,
                )


def _refused_by_schema(document: Document, key: str, problems: list[Problem]) -> bool:
    """Whether the author's schema, which the reference engine knows, is what refused it."""
    if not problems or any(
        problem.keyword in {"float", "edition", "foreign"} for problem in problems
    ):
        return False
    return not node.is_newer(node.edition_of(document.value, key))


RULE = Rule(
    code="ONX112",
    name="engines-agree",
    purpose="What jsonschema-rs refuses, `jsonschema` refuses too.",
    why="Where two engines disagree one of them is wrong, and a gate must not hide that.",
    bad="# nothing that a person writes, but a fault in an engine",
    good="# the same document with both engines at versions that agree",
    fix="report it to the onex project with the document; `pip install -U jsonschema jsonschema-rs` may help",
    node=check,
)
