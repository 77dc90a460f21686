"""ONX507: the version of a node says what its change means."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onex.validate.rule import Rule
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.history import NodePair
    from onex_types.contract_change import Change

MEANING = {
    "breaking": "lets down those who rely on it",
    "escalating": "lets it do or demand more",
    "compatible": "offers more, or promises more",
}
"""What a change comes to that a version has to tell; code alone may change under the lock."""


def check(pair: "NodePair") -> Iterator[Finding]:
    """A change of the contract, or of what the node may do, that its version keeps quiet about."""
    new = pair.after.node if pair.after else None
    if not new or not pair.before or not pair.before.node or pair.before.node.lifecycle == "draft":
        return
    change = pair.change
    least = change["version"]["needed"]
    told = next((one for one in change["changes"] if one["verdict"] in MEANING), None)
    if not least or change["version"]["enough"] or not told or _is_back(pair):
        return
    found = RULE.finding(
        new.document,
        f"what has changed since {pair.since} {MEANING[told['verdict']]}, and the version does not say so: {_words(told)}",
        pointer="/version",
        node_id=new.id,
        help=f'write `version: "{least}"`, then run `onex lock {new.id}`; `onex diff {new.id}` shows all that has changed',
    )
    if change["weight"] == "warns":
        found["severity"] = "warning"
    yield found


def _words(told: "Change") -> str:
    """What the weightiest change is, with a state that shows it."""
    witness = told["witness"]
    if witness is None:
        return told["message"]
    from onex.evolution.text import fate, shown  # noqa: PLC0415 - few runs judge changes

    return f"{told['message']}; for example {shown(witness)} {fate(witness)}"


def _is_back(pair: "NodePair") -> bool:
    """Whether the version went back, which is told by ONX508."""
    from onex.evolution.version import comes_before  # noqa: PLC0415 - few runs judge changes

    old, new = pair.change["version"]["before"], pair.change["version"]["after"]
    return bool(old and new and comes_before(new, old))


RULE = Rule(
    code="ONX507",
    name="version-raised",
    purpose="Where the contract of a node that is no draft has changed, or what it may do, its version is raised as Semantic Versioning asks for.",
    why="Who reads `>=1.2,<2` in a dependency trusts that 1.x keeps what 1.2 promised.",
    bad="""\
# version 1.2.0 did not require `limit`
version: "1.2.1"
""",
    good="""\
# version 1.2.0 did not require `limit`
version: "2.0.0"
""",
    fix="raise `version` to what `onex diff` asks for, then run `onex lock`",
    history=check,
)
