"""ONX111: a node document is not of a newer edition than this onex (ONEX-M1-08)."""

from collections.abc import Iterator
from typing import cast

from onex.core import node
from onex.core.document import JSON
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """A newer minor edition: read leniently, with a warning."""
    if not subject.document:
        return
    contract = cast("JSON", subject.contract.value) if subject.contract else None
    for document, value, base, key in (
        (subject.document, subject.document.value, "", "metadata_version"),
        (subject.contract_document, contract, subject.contract_base, "contract_version"),
    ):
        edition = node.edition_of(value, key)
        if document and edition and node.is_newer(edition):
            yield RULE.finding(
                document,
                f"{key} {edition[0]}.{edition[1]} is newer than this onex; keys that it does not know are not judged",
                pointer=f"{base}/{key}",
                node_id=subject.node_id,
            )


RULE = Rule(
    code="ONX111",
    name="newer-edition",
    severity="warning",
    purpose="A document is of an edition that this onex knows in full.",
    why="A newer minor edition may have keys that this onex skips.",
    bad='metadata_version: "1.9.0"',
    good='metadata_version: "1.0.0"',
    fix="use an onex that knows the edition",
    node=check,
)
