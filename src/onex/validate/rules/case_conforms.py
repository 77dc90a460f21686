"""ONX403: the cases of a contract keep the contract."""

from collections.abc import Iterator

from onex.core.contract import StateSchema
from onex.core.document import JSON
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

REFUSED_INPUT = "input-contract"
"""The error code of a case whose input the contract must refuse."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each case whose input or output is not what the contract says, and each name used twice."""
    contract, document = subject.contract, subject.contract_document
    if not contract or not document or not contract.cases:
        return
    given, wanted = subject.sides.get("input"), subject.sides.get("output")
    if not given or not wanted:
        return
    names: set[str] = set()
    for index, case in enumerate(contract.cases):
        base = f"{subject.contract_base}/cases/{index}"
        refused = case.get("error") == REFUSED_INPUT
        for pointer, message, hint in (
            *_input_problems(given, case["input"], expect_refusal=refused),
            *_output_problems(wanted, case.get("output")),
            *([("/name", "another case has this name", None)] if case["name"] in names else []),
        ):
            yield RULE.finding(
                document,
                f"case '{case['name']}': {message}",
                pointer=f"{base}{pointer}",
                node_id=subject.node_id,
                help=hint,
            )
        names.add(case["name"])


def _input_problems(
    schema: StateSchema, state: JSON, *, expect_refusal: bool
) -> Iterator[tuple[str, str, str | None]]:
    state = schema.with_defaults(state)
    if not expect_refusal:
        yield from _state_problems("input", schema, state)
    elif schema.is_valid(state):
        message = "the contract accepts this input, but the case expects it to be refused"
        yield "/error", message, None


def _output_problems(schema: StateSchema, state: JSON) -> Iterator[tuple[str, str, str | None]]:
    if state is not None:
        yield from _state_problems("output", schema, state)


def _state_problems(
    side: str, schema: StateSchema, state: JSON
) -> Iterator[tuple[str, str, str | None]]:
    """Pointer, message and hint of everything that the contract has against one state."""
    for problem in schema.problems(state):
        yield f"/{side}{problem.pointer}", f"{side}: {problem.message}", problem.hint


RULE = Rule(
    code="ONX403",
    name="case-conforms",
    purpose="Each case's input and output keep the contract, unless the case expects `input-contract`; names are unique.",
    why="A case that breaks its own contract can never pass, and misleads whoever reads it as an example.",
    bad="""\
input: {type: object, required: [text]}
cases:
- {name: empty, input: {}, output: {}}
""",
    good="""\
cases:
- {name: empty, input: {}, error: input-contract}
""",
    fix="correct the case or the contract, then run `onex lock`",
    node=check,
)
