"""ONX906: what a person reads in a node is what a machine reads (FAULTS P6)."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from onex.core.canonical import escape
from onex.core.document import Document
from onex.core.places import split_pointer
from onex.core.text import BOM, Lines, printable
from onex.validate.names import target_file
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex.validate.texts import documents_of, keys, texts
from onex_types.finding import Finding

TURNS = "\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of what follows, so that it is shown in another order."""

HIDDEN = re.compile(
    # Flags of regions are spelt with characters of that kind.
    "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f|("
    rf"[{TURNS}\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
    r"|(?<=[A-Za-z0-9_])[\u200c\u200d](?=[A-Za-z0-9_]))"
)
"""Characters that cannot be seen; joiners have their place between letters that join."""

CYRILLIC = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u0410\u0412\u0415\u0405\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0421\u0422\u0425\u0423"
)
GREEK = "\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
LATIN = "aeopcyxijshdqwABESHIJKMOPCTXYoABEZHIKMNOPTYX"

LOOKALIKES = dict(zip(CYRILLIC + GREEK, LATIN, strict=True))
"""Letters of other alphabets, each with the Latin one that it looks like."""

WORD = re.compile(r"\w+").finditer

PROSE = frozenset({"description", "title", "$comment", "reason", "pattern"})
"""Keys of what is written for people, who mix alphabets at times, and of ranges of letters."""

CODE = (
    ".bash",
    ".cfg",
    ".go",
    ".ini",
    ".js",
    ".pl",
    ".py",
    ".rb",
    ".rs",
    ".sh",
    ".sql",
    ".toml",
    ".ts",
)

MOST_FINDINGS = 10
"""How many places of one file are told."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each text, key, file name and line of code that reads other than it is."""
    for document in documents_of(subject):
        if document.data.isascii() and b"\\" not in document.data:
            continue
        yield from _in_document(subject, document)
    names = [name for name in subject.files if not name.isascii()]
    for name in names if subject.document else ():
        if word := _mixed(name):
            yield RULE.finding(
                subject.document or name,
                f"the name {printable(name)} {_looks(word)}",
                pointer=f"/files/{escape(name)}",
                key=True,
                node_id=subject.node_id,
                help="rename the file, then run `onex lock`",
            )
    yield from _in_code(subject)


def _in_document(subject: Subject, document: Document) -> Iterator[Finding]:
    rows = [
        *((False, pointer, text) for pointer, text in texts(document.value)),
        *((True, pointer, key) for pointer, key in keys(document.value)),
    ]
    odd = ((*row, why) for row in rows if not row[2].isascii() if (why := _why(*row)))
    for is_key, pointer, _, why in islice(odd, MOST_FINDINGS):
        yield RULE.finding(
            document,
            f"this {'key' if is_key else 'text'} {why}",
            pointer=pointer,
            key=is_key,
            node_id=subject.node_id,
        )


def _why(is_key: bool, pointer: str, text: str) -> str | None:  # noqa: FBT001 - a part of a row
    """Why the text at ``pointer``, or its key, reads other than it is."""
    parts = split_pointer(pointer)
    if is_key and parts[0] == "files":
        return None  # told as names of files
    if character := next(_hidden(text), None):
        return _tell(character[0])
    above = parts[-2:-1] if is_key else parts[-1:]
    word = None if {*above} & (PROSE | {"patternProperties"}) else _mixed(text)
    return _looks(word) if word else None


def _in_code(subject: Subject) -> Iterator[Finding]:
    """The characters in code that cannot be seen (CVE-2021-42574)."""
    from onex.validate import contents  # noqa: PLC0415 - the coming edition looks into files

    own = target_file(subject.node.value) if subject.node else None
    for found in contents.files_of(subject):
        name = os.path.basename(found.path)
        is_code = name == own or name.endswith(CODE) or found.data.startswith(b"#!")
        if not is_code or found.data.isascii() or not contents.is_text(found):
            continue
        text = found.data.decode().removeprefix(BOM)
        lines = Lines(text)
        for character in list(_hidden(text))[:MOST_FINDINGS]:
            yield RULE.finding(
                found,
                f"the code {_tell(character[0])}",
                at=lines.place(character.start()),
                node_id=subject.node_id,
                help="take it out, or write it as an escape; then run `onex lock`",
            )


def _hidden(text: str) -> Iterator[re.Match[str]]:
    """The characters of ``text`` that cannot be seen."""
    return (found for found in HIDDEN.finditer(text) if found[1])


def _tell(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    verb = (
        "changes the order in which it is shown"
        if re.match(f"[{TURNS}]", character)
        else "cannot be seen"
    )
    return f"holds U+{ord(character):04X} ({name.lower()}), which {verb}"


def _mixed(text: str) -> str | None:
    """The first word that reads as a Latin one, and is not."""
    return next((word for word in _words(text) if _is_mixed(word)), None)


def _words(text: str) -> Iterable[str]:
    return (part for found in WORD(text) for part in re.split(r"[_\d]+", found[0]))


def _is_mixed(word: str) -> bool:
    """Whether a word has Latin letters, and letters that look like Latin ones, and no others."""
    strangers = [letter for letter in word if not letter.isascii()]
    return len(strangers) < len(word) and bool(strangers) and all(map(LOOKALIKES.get, strangers))


def _looks(word: str) -> str:
    plain = "".join(LOOKALIKES.get(letter, letter) for letter in word)
    spelt = "".join(letter if letter.isascii() else f"\\u{ord(letter):04x}" for letter in word)
    return f"reads as '{plain}', but is spelt {spelt}"


RULE = Rule(
    code="ONX906",
    name="deceptive-text",
    edition="2027",
    preview=True,
    purpose="No text, key or file name of a node, and no line of its code, holds characters that cannot be seen, or letters that look like others.",
    why="A reviewer approves what is shown; what is executed, compared and looked up is what is spelt.",
    bad='owner: "data te\\u0430m"   # with a Cyrillic letter',
    good='owner: "data team"',
    fix="write it with the letters that it is read with, then run `onex lock`",
    node=check,
)
