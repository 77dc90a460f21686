"""ONX903: what is called a secret has no value."""

from collections.abc import Iterator

from onex.core.places import split_pointer
from onex.core.text import printable
from onex.validate import secrets
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex.validate.texts import documents_of, texts
from onex_types.finding import Finding

HOLDERS = frozenset({"default", "const", "enum", "examples"})
"""Keywords of a schema that hold values; the name of a value stands before them."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each text that looks random under a name that speaks of a secret; it is never shown."""
    for document in documents_of(subject):
        if b"\\" not in document.data and not secrets.may_be_named(document.data):
            continue
        for pointer, text in texts(document.value):
            name = _name(pointer)
            if secrets.WORDS(name) and secrets.is_random(text):
                finding = RULE.finding(
                    document,
                    f"the value of '{printable(name)}' looks like a real secret",
                    pointer=pointer,
                    node_id=subject.node_id,
                )
                finding["snippet"] = None
                yield finding


def _name(pointer: str) -> str:
    """What the value at ``pointer`` is called: its key, or that of the schema that holds it."""
    parts = [part for part in split_pointer(pointer) if not part.isdecimal()]
    while parts and parts[-1] in HOLDERS:
        parts.pop()
    return parts[-1] if parts else ""


RULE = Rule(
    code="ONX903",
    name="secret-like",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="No value under a name such as `password` or `api_key` looks as if a machine had made it.",
    why="What is committed stays in every clone, and nobody can tell a real secret from an example by its looks.",
    bad="""\
cases:
- name: signs_in
  input: {password: 9fTq-27hLmZx4WcVb8}
  output: {}
""",
    good="""\
cases:
- name: signs_in
  input: {password: example-password}
  output: {}
""",
    fix="revoke it if it is real; write a value with `example` in it, then run `onex lock`",
    node=check,
)
