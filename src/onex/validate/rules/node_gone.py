"""ONX506: a node that others rely on leaves with notice."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onex.core.node import Node
from onex.validate.rule import Rule
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.history import NodePair


def check(pair: "NodePair") -> Iterator[Finding]:
    """A node that is gone, or has another id, and was not deprecated until today."""
    old = pair.before.node if pair.before else None
    if not old or old.lifecycle == "draft" or (pair.after and not pair.after.node):
        return
    new = pair.after.node if pair.after else None
    if new and new.id == old.id:
        return
    notice = _notice(old, pair.today)
    if notice:
        fate = f"the node {old.id} of {pair.since} is " + (f"{new.id} now" if new else "gone")
        message, help_text = notice
        found = RULE.finding(
            new.document if new else pair.index,
            f"{fate}: {message}",
            pointer="/name" if new else "",
            node_id=new.id if new else old.id,
            help=help_text,
        )
        if old.lifecycle == "review":
            found["severity"] = "warning"
        yield found


def _notice(old: Node, today: str | None) -> tuple[str, str] | None:
    """What is missing for the node to go, and what to do about it; None when it may go."""
    if old.lifecycle != "deprecated":
        stage = "under review" if old.lifecycle == "review" else old.lifecycle
        advice = f"bring it back, run `onex lifecycle {old.id} deprecated`, and name its successor and a date in `deprecated`"
        return f"it was {stage}, and nobody was told that it would go", advice
    date = old.value.get("deprecated", {}).get("date")
    if date and today and today <= date:
        return f"it was to stay until {date}", f"bring it back; it may go after {date}"
    return None


RULE = Rule(
    code="ONX506",
    name="node-gone",
    purpose="A node that is no draft is removed or renamed only after it was deprecated, and after the date that it named.",
    why="Whoever relies on a node finds out in a run that it is gone.",
    bad="""\
# in `.tree`, which in the commit before also listed clean/node.onex, an active node
entries:
- tidy/node.onex
""",
    good="""\
# in clean/node.onex
lifecycle: deprecated
deprecated: {successor: demo.tidy, date: "2027-06-30", reason: tidy does more}
""",
    fix="bring it back and deprecate it first; name its successor and a date in `deprecated`",
    history=check,
)
