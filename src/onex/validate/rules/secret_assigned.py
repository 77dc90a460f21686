"""ONX905: code gives no value to what it calls a secret."""

import os
import re
from collections.abc import Iterator
from itertools import pairwise

from onex.core.text import printable, split_lines
from onex.validate import secrets
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

MOST_LINE = 400
"""How long a line may be that a person has written; longer ones hold data."""

MOST_VALUE = 200

MOST_FINDINGS = 10
"""How many secrets of one file are told."""

QUOTED = re.compile(
    r"(?<![A-Za-z0-9_:.-])([A-Za-z][A-Za-z0-9_.-]{2,60})[\"'\]]{0,2} {0,8}(?:: {0,2}str {0,2})?(?::=|=>|[=:,]) {0,8}"
    rf"[bfru]{{0,2}}([\"'])([^\"'\s]{{{secrets.LEAST_LENGTH},{MOST_VALUE}}})\2"
).finditer
"""A name, and the text that it is given, as most languages write it."""

BARE = re.compile(
    rf"\s*(?:export |set )?([A-Za-z][A-Za-z0-9_.-]{{2,60}}) ?[=:] ?(\S{{{secrets.LEAST_LENGTH},{MOST_VALUE}}})\s*"
).fullmatch
"""The same, in files of settings, where nothing is quoted."""

SETTINGS = (".cfg", ".conf", ".env", ".ini", ".properties", ".sh", ".toml", ".yaml", ".yml")

LOCKS = re.compile(r"(?i)(?:.*[.-])?lock(?:\..*)?|.*\.lock(?:b)?|go\.sum|sha\d*sums?").fullmatch
"""Names of files that hold digests, which are as random as secrets."""

OTHERS = re.compile(
    r"(?i)(?:^|[_.-])(?:tokens|tokenizer|tokeni[sz]e)|"
    r"(?:name|url|uri|id|path|file|env|var|header|field|type|hash|sha\d*|digest|checksum|etag|"
    r"fingerprint|pattern|regexp?|prefix|suffix|format|count|public[_-]?key|version|model)$"
).search
"""Names that speak of something around a secret."""

UUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch

LEAST_CHANGES = 0.25
"""How often, at least, a character is of another kind than the one before it; words are steadier."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each text that looks random and is given to a name that speaks of a secret; it is never shown."""
    from onex.validate import contents  # noqa: PLC0415 - the coming edition looks into files

    for found in contents.files_of(subject):
        name = os.path.basename(found.path)
        if LOCKS(name) or not secrets.may_be_named(found.data) or not contents.is_text(found):
            continue
        is_bare = name.endswith(SETTINGS)
        for at, word in list(_assigned(found.data.decode(), is_bare=is_bare))[:MOST_FINDINGS]:
            finding = RULE.finding(
                found,
                f"the value of '{printable(word)}' looks like a real secret",
                at=at,
                node_id=subject.node_id,
            )
            finding["snippet"] = None
            yield finding


def _assigned(text: str, *, is_bare: bool) -> Iterator[tuple[tuple[int, int], str]]:
    """Where a secret is given to a name, and the name."""
    for number, line in enumerate(split_lines(text), 1):
        if len(line) > MOST_LINE:
            continue
        rows = [(m[1], m[3], m.start(3)) for m in QUOTED(line)]
        if is_bare and (bare := BARE(line)):
            rows.append((bare[1], bare[2], bare.start(2)))
        for name, value, start in rows:
            if secrets.WORDS(name) and not OTHERS(name) and _is_made(value):
                yield (number, start + 1), name
                break


def _is_made(value: str) -> bool:
    """Whether a machine has made a value, as far as its looks tell."""
    if not secrets.is_random(value) or UUID(value) or "..." in value or secrets.WORDS(value):
        return False
    kinds = ["0" if c.isdecimal() else "A" if c.isupper() else "a" for c in value if c.isalnum()]
    changes = sum(one != other for one, other in pairwise(kinds))
    return changes >= LEAST_CHANGES * len(kinds)


RULE = Rule(
    code="ONX905",
    name="secret-assigned",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="No file of a node gives a name such as `password` or `api_key` a text that looks as if a machine had made it.",
    why="What is committed stays in every clone, and nobody can tell a real secret from an example by its looks.",
    bad="""\
# node.py: PASSWORD = "9fTq-27hLmZx4WcVb8"
required_env: []
""",
    good="""\
# node.py: PASSWORD = os.environ["DB_PASSWORD"]
required_env: [DB_PASSWORD]
""",
    fix="revoke it if it is real; read it from a variable that `required_env` names, or write a value with `example` in it, then run `onex lock`",
    node=check,
)
