"""ONX501: a deprecated node says what to use in its place, and until when it stays."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """A deprecated node without the block, without a successor or a date; a block on another node."""
    if not subject.node or not subject.document:
        return
    block, lifecycle = subject.node.value.get("deprecated"), subject.node.lifecycle
    if lifecycle != "deprecated":
        if block is not None:
            message = f"lifecycle is '{lifecycle}', but the node says that it is deprecated"
            yield RULE.finding(
                subject.document,
                message,
                pointer="/deprecated",
                key=True,
                node_id=subject.node_id,
                help=f"run `onex lifecycle {subject.node_id} deprecated`, or remove the block",
            )
        return
    missing = [key for key in ("successor", "date") if key not in (block or {})]
    if missing:
        yield RULE.finding(
            subject.document,
            f"the node is deprecated, but names no {' and no '.join(missing)}",
            pointer="/deprecated" if block else "/lifecycle",
            key=block is not None,
            node_id=subject.node_id,
        )


RULE = Rule(
    code="ONX501",
    name="deprecation-notes",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="A deprecated node names its successor and the date after which it may be removed; no other node does.",
    why="Whoever relies on a deprecated node has to know where to go, and by when.",
    bad="lifecycle: deprecated",
    good="""\
lifecycle: deprecated
deprecated:
  successor: demo.text.tidy
  date: "2027-06-30"
  reason: tidy also keeps line ends
""",
    fix="add `deprecated` with `successor`, `date` and `reason`, then run `onex lock`",
    node=check,
)
