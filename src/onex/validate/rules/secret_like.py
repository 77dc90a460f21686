"""ONX903: what is called a secret has no value."""

import math
import re
from collections import Counter
from collections.abc import Iterator

from onex.core.places import split_pointer
from onex.core.text import printable
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex.validate.texts import documents_of, texts
from onex_types.finding import Finding

WORDS = re.compile(
    r"(?i)pass_?-?wor?d|pwd|passphrase|secret|token|credential|(?:api|access|private|signing|auth)[_-]?key"
).search
"""How a name is spelt that speaks of a secret."""

SIGNS = (b"pass", b"pwd", b"secret", b"token", b"credential", b"key")
"""What a file must hold, in small letters, to hold such a name."""

HOLDERS = frozenset({"default", "const", "enum", "examples"})
"""Keywords of a schema that hold values; the name of a value stands before them."""

LEAST_LENGTH = 16
MOST_LENGTH = 4096
LEAST_BITS = 3.3
"""How much of a surprise a character must be, on average; hexadecimal digits have at most 4 bits."""

RANDOM = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+/=_.~!@#$%^&*-]+").fullmatch
"""What is made by a machine: one word of letters, digits and signs."""

STAND_INS = re.compile(
    r"(?i)example|sample|dummy|change|placeholder|redacted|your|test|xxx|000000|123456"
).search
"""What people write in place of a secret."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each text that looks random under a name that speaks of a secret; it is never shown."""
    for document in documents_of(subject):
        data = document.data.lower()
        if b"\\" not in data and not any(sign in data for sign in SIGNS):
            continue
        for pointer, text in texts(document.value):
            name = _name(pointer)
            if WORDS(name) and _is_random(text):
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


def _is_random(text: str) -> bool:
    """Whether a text is long, one word, and as varied as what a machine makes."""
    if not LEAST_LENGTH <= len(text) <= MOST_LENGTH or not RANDOM(text) or STAND_INS(text):
        return False
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares) >= LEAST_BITS


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
