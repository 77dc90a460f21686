"""ONX505: a node moves through its life as it may (FAULTS T4)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onex.validate.rule import Rule
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.history import NodePair


def check(pair: "NodePair") -> Iterator[Finding]:
    """A move that `onex lifecycle` would not have made."""
    from onex.core.lifecycle import MOVES  # noqa: PLC0415 - few runs judge changes

    old, new = (state.node if state else None for state in (pair.before, pair.after))
    if not old or not new or new.lifecycle in {old.lifecycle, *MOVES[old.lifecycle]}:
        return
    allowed = ", ".join(MOVES[old.lifecycle])
    yield RULE.finding(
        new.document,
        f"the node was {old.lifecycle} in {pair.since}; from there it may move to {allowed}, and not to {new.lifecycle}",
        pointer="/lifecycle",
        node_id=new.id,
        help=f"write `lifecycle: {old.lifecycle}` again, then run `onex lock {new.id}`; {LATER}",
    )


LATER = "what is to become something else gets a new name"

RULE = Rule(
    code="ONX505",
    name="lifecycle-move",
    purpose="Between two commits a node moves through its life only as `onex lifecycle` moves it.",
    why="A draft promises nothing; a node that others rely on and that is called a draft again lets them down without a word.",
    bad="""\
# active in the commit before
lifecycle: draft
""",
    good="""\
# active in the commit before
lifecycle: deprecated
""",
    fix="write the stage that it had, then run `onex lock`; what is to become something else gets a new name",
    history=check,
)
