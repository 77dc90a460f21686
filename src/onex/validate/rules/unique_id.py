"""ONX105: no two nodes have one id."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.seen import Seen
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each node whose id, or whose uuid, another node before it already has."""
    for pointer, key in (("/name", "id"), ("/uuid", "uuid")):
        first: dict[str, Seen] = {}
        for subject in forest.subjects:
            # A node that bears another name than its folders is the business of ONX104.
            if not subject.facts or (key == "id" and not _is_named_after_folders(subject)):
                continue
            value = subject.id if key == "id" else subject.facts["uuid"]
            other = first.setdefault(value, subject)
            if other is not subject and subject.document:
                yield RULE.finding(
                    subject.document,
                    f"the {key} '{value}' is that of the node in {'/'.join(other.segments)} too",
                    pointer=pointer,
                    node_id=subject.node_id,
                )


def _is_named_after_folders(subject: Seen) -> bool:
    names = subject.id.split(".")
    return list(subject.segments[-len(names) :]) == names


RULE = Rule(
    code="ONX105",
    name="unique-id",
    purpose="Each node of a workspace has an id and a uuid of its own.",
    why="Two nodes of one id cannot both be found, and evidence about one would count for the other.",
    bad="""\
# copied with its folder
uuid: 0f0e7b1c-5a54-5b0e-9d7c-3f1a1c2f8f11
""",
    good="""\
# made by `onex scaffold`, which gives each id a uuid of its own
uuid: 4be0643f-1d98-573b-97cd-ca98a65347dd
""",
    fix="give one of them another name or uuid, then run `onex lock`",
    forest=check,
)
