"""ONX406: a contract says whether its objects may hold more than it names."""

from collections.abc import Iterator

from onex.core.canonical import escape
from onex.core.document import JSON
from onex.core.lint import anchors_of
from onex.core.places import split_pointer
from onex.core.references import pointer_of
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

CLOSERS = ("additionalProperties", "unevaluatedProperties")
"""Keywords that say what an object may hold besides; `true` is an answer, too."""

ITEMS = ("items", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems")
NAMED = ("properties", "patternProperties")
"""Keywords whose schemas judge a value inside the value; those in `allOf` and such judge the same
value again, together with what stands around them."""

WHY = {
    "input": "the input accepts names that it does not know, misspelt ones too",
    "output": "the output may hold what the contract does not name",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Each object with named properties that leaves open whether there may be others."""
    contract = subject.contract
    for side, compiled in subject.sides.items() if contract else ():
        for pointer in _open_objects(compiled.schema):
            if contract:
                document, place = contract.place(side, pointer)
                yield RULE.finding(
                    document,
                    f"{WHY[side]}: 'additionalProperties' is missing",
                    pointer=place,
                    node_id=subject.node_id,
                )


def _open_objects(root: JSON) -> Iterator[str]:
    """The pointers of the open objects in ``root`` that a value can meet, each once, in order."""
    seen: set[str] = set()
    anchors: dict[str, str] | None = None
    stack = [""]
    while stack:
        pointer = stack.pop()
        if pointer in seen:
            continue
        seen.add(pointer)
        schema = _at(root, pointer)
        if not isinstance(schema, dict):
            continue
        is_closed = any(key in schema for key in CLOSERS)
        if "properties" in schema and not is_closed:
            yield pointer
        below = [*_inside(pointer, schema)]
        reference = schema.get("$ref")
        if isinstance(reference, str) and not is_closed and "properties" not in schema:
            anchors = anchors_of(root) if anchors is None else anchors
            below.append(pointer_of(reference, "", anchors) or "")
        stack += reversed(below)


def _inside(pointer: str, schema: dict[str, JSON]) -> Iterator[str]:
    """The pointers of the schemas that judge a value inside the value."""
    for key in ITEMS:
        if isinstance(schema.get(key), dict):
            yield f"{pointer}/{key}"
    for key in NAMED:
        members = schema.get(key)
        for name in members if isinstance(members, dict) else ():
            yield f"{pointer}/{key}/{escape(name)}"
    tuples = schema.get("prefixItems")
    for index in range(len(tuples)) if isinstance(tuples, list) else ():
        yield f"{pointer}/prefixItems/{index}"


def _at(root: JSON, pointer: str) -> JSON:
    """The schema at ``pointer``; the lint has made sure that references lead somewhere."""
    for part in split_pointer(pointer):
        root = root[int(part)] if isinstance(root, list) else root[part]  # type: ignore[index]
    return root


RULE = Rule(
    code="ONX406",
    name="open-object",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="Each object of a contract that names properties says with `additionalProperties` or `unevaluatedProperties` whether there may be others.",
    why="What an open input accepts by accident, somebody comes to rely on; what an open output holds besides, nobody has promised.",
    bad="""\
input:
  type: object
  properties: {text: {type: string}}
""",
    good="""\
input:
  type: object
  additionalProperties: false
  properties: {text: {type: string}}
""",
    fix="write `additionalProperties: false`, or `true` where others are welcome, then run `onex lock`",
    node=check,
)
