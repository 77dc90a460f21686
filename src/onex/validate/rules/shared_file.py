"""ONX407: the files that a node shares can be read, and their schemas are safe to judge with."""

from collections.abc import Iterator

from onex.core.text import printable
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with a shared file, told where the node names it."""
    if not subject.node or not subject.document:
        return
    paths = subject.node.value.get("shared", [])
    for path, error in subject.shared_faults:
        is_inside = bool(error.pointer) or (error.line, error.column) != (1, 1)
        place = f":{error.line}:{error.column}" if is_inside else ""
        yield RULE.finding(
            subject.document,
            f"{printable(path)}{place}: {error.problem}",
            pointer=f"/shared/{paths.index(path)}",
            node_id=subject.node_id,
            help=error.help or (None if is_inside else CLOSED_HELP),
        )


CLOSED_HELP = "put a plain file that may be read there, or take it out of `shared`"


RULE = Rule(
    code="ONX407",
    name="shared-file",
    purpose="Each file that `shared` names is a plain file of the workspace, and its schemas hold what contracts may hold.",
    why="A contract is judged with the schemas that it shares: one that is missing, ambiguous or unsafe makes it promise something else, or nothing.",
    bad="""\
shared: [schemas/adress.json]   # no such file
""",
    good="""\
shared: [schemas/address.json]
# its `$id` is https://example.org/address, and the contract says
# "$ref": "https://example.org/address"
""",
    fix="name plain files of the workspace, by their paths from its root; each schema has an `$id` of its own and keeps to JSON Schema 2020-12",
    node=check,
)
