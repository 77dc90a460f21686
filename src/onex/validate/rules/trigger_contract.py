"""ONX803: what a node hands on is what the next one takes."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onex.core.node import Node
from onex.core.words import cut, to_json
from onex.validate.graph import triggered
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.evolution.schemas.contain import Answer


def check(forest: Forest) -> Iterator[Finding]:
    """Each node that is started with an output that its input contract refuses.

    What cannot be decided, or not in time, is no finding.
    """
    end = time.monotonic() + PATIENCE
    for subject in forest.subjects:
        for pointer, name in triggered(subject):
            found = forest.neighbours.find(name)
            # A node that failed has no output to hand on.
            if not found or "on_failure" in pointer or not subject.document:
                continue
            answer = _ask(subject.node, found.node) if time.monotonic() < end else None
            if answer and answer.verdict == "no":
                state = cut(to_json(answer.witness[0]), MOST_STATE)
                yield RULE.finding(
                    subject.document,
                    f"{name} refuses some of what this node may give, for example {state}",
                    pointer=pointer,
                    node_id=subject.node_id,
                )


PATIENCE = 60
"""How long contracts are compared, in seconds, whatever they hold."""

MOST_STATE = 200
"""How many characters of an example are shown."""


def _ask(giver: Node | None, taker: Node | None) -> "Answer | None":
    """Whether one node takes all that the other gives; None where a contract cannot be read."""
    from onex.core.contract import SchemaRefusedError  # noqa: PLC0415 - few nodes start others
    from onex.errors import DocumentError  # noqa: PLC0415
    from onex.evolution.contracts import ask  # noqa: PLC0415
    from onex.evolution.schemas.judge import Judge  # noqa: PLC0415

    if giver is None or taker is None:
        return None
    try:
        given = Judge(giver.contract.value["output"])
        taken = Judge(taker.contract.value["input"], filled=True)
    except (DocumentError, SchemaRefusedError):
        return None  # told by the rules about contracts
    return ask(given, taken)


RULE = Rule(
    code="ONX803",
    name="trigger-contract",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="A node that is started under `on_success` or `always` takes every output that the contract of the node before it allows.",
    why="The output goes on as the input of the next node; what that one refuses ends in the dead letters.",
    bad="""\
# demo.next requires `text`
triggers: {on_success: [demo.next]}
state_contract:
  contract_version: "1.0.0"
  input: {}
  output: {properties: {text: {type: string}}}
""",
    good="""\
# demo.next requires `text`
triggers: {on_success: [demo.next]}
state_contract:
  contract_version: "1.0.0"
  input: {}
  output: {required: [text], properties: {text: {type: string}}}
""",
    fix="promise more in the output contract, or take more in that of the other node, then run `onex lock`",
    forest=check,
)
