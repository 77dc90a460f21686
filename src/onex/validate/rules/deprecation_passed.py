"""ONX502: a deprecated node is gone when its date has passed."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each deprecated node whose date lies before today; without a date of today nothing is said."""
    today = forest.today
    for subject in forest.subjects if today else ():
        date = subject.facts.get("deprecated", {}).get("date") if subject.facts else None
        # Dates of this form sort as texts do.
        if date and today and date < today and subject.document:
            yield RULE.finding(
                subject.document,
                f"the node was to stay until {date}",
                pointer="/deprecated/date",
                node_id=subject.node_id,
            )


RULE = Rule(
    code="ONX502",
    name="deprecation-passed",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="No node is still there after the date in `deprecated`.",
    why="A date that passes without anything happening teaches everybody that dates mean nothing.",
    bad="""\
deprecated: {successor: demo.text.tidy, date: "2020-06-30", reason: tidy also keeps line ends}
""",
    good="""\
deprecated: {successor: demo.text.tidy, date: "2099-06-30", reason: tidy also keeps line ends}
""",
    fix="remove the node and run `onex tree --write`, or agree on another date and run `onex lock`",
    forest=check,
)
