"""ONX405: an active node has a case (ONEX-M2-06)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """An active node whose contract has no case."""
    contract, document = subject.contract, subject.contract_document
    active = subject.node is not None and subject.node.lifecycle == "active"
    if active and contract and document and not contract.cases:
        yield RULE.finding(
            document,
            "the node is active, but its contract has no case",
            pointer=subject.contract_base,
            key=True,
            node_id=subject.node_id,
        )


RULE = Rule(
    code="ONX405",
    name="case-missing",
    purpose="The contract of an active node has at least one case.",
    why="`onex test` proves an active node by its cases; without one it proves nothing.",
    bad="""\
lifecycle: active
# and no `cases` in the contract
""",
    good="""\
cases:
- name: trims
  input: {text: ' Hi '}
  output: {text: Hi}
""",
    fix="add a case with an input and the output that it must lead to",
    node=check,
)
