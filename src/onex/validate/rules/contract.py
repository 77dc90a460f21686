"""ONX401: a state contract keeps its schema (ONEX-M1-06)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """A contract that cannot be read, or that breaks the schema `state_contract`."""
    fault = subject.contract_fault
    if fault and subject.node and not fault.opened:
        yield RULE.finding(
            subject.node.document,
            f"state_contract '{subject.node.value['state_contract']}': {fault.error.problem}",
            pointer="/state_contract",
            node_id=subject.node_id,
            help=fault.error.help or "put the contract into the node's folder under that name",
        )
    elif fault:
        error = fault.error
        yield RULE.finding(
            fault.place,
            error.problem,
            at=(error.line, error.column),
            node_id=subject.node_id,
            help=error.help,
        )
    for problem in subject.contract_problems:
        if subject.contract_document:
            yield RULE.from_problem(subject.contract_document, problem, subject)


RULE = Rule(
    code="ONX401",
    name="contract",
    purpose="A node's contract is there and keeps the schema `state_contract`.",
    why="A node without a readable contract promises nothing, and its input and output cannot be checked.",
    bad="input: string",
    good="""\
contract_version: "1.0.0"
input: {type: object}
output: {type: object}
""",
    explains=True,
    fix="see schemas/README.md for the fields of a state contract",
    node=check,
)
