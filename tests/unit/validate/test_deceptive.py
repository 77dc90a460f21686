"""Texts that read other than they are: each of them, and no others."""

import json
import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.validate.rules import deceptive_text
from onex.validate.subject import examine_contract


def found(tmp_path, value):
    """What is found in a contract that holds ``value``."""
    path = tmp_path / "contract.json"
    path.write_text(json.dumps({"x-value": value}))
    return list(deceptive_text.check(examine_contract(os.fspath(path))))


def test_letters_that_look_alike_are_letters_of_other_alphabets():
    """The table is what it says: one letter each, Cyrillic or Greek, for one of Latin."""
    for letter, plain in deceptive_text.LOOKALIKES.items():
        assert unicodedata.name(letter).split()[0] in {"CYRILLIC", "GREEK"}
        assert unicodedata.name(letter).split()[1] == unicodedata.name(plain).split()[1]
        assert plain.isascii()


@pytest.mark.parametrize("code", [0x200B, 0x202E, 0x2066, 0xAD, 0xFEFF, 0x2060, 0xE0041])
@pytest.mark.parametrize(
    "make",
    [lambda text: text, lambda text: {text: 1}, lambda text: [[text]]],
    ids=["text", "key", "item"],
)
def test_characters_that_cannot_be_seen(code, make, tmp_path):
    """In texts and keys, however deep (FAULTS P6)."""
    (only,) = found(tmp_path, make(f"ab{chr(code)}c"))

    assert f"holds U+{code:04X} (" in only["message"]


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Zs", "So"])))
def test_texts_without_any_are_left_alone(text):
    """What can be seen, in words of one alphabet each, is nobody's fault."""
    words = [word for word in text.split() if word.isascii() or not any(map(str.isascii, word))]
    plain = "".join(c for c in " ".join(words) if not deceptive_text.HIDDEN.match(c))

    assert deceptive_text._why(False, "/a", plain) is None  # noqa: SLF001, FBT003


@pytest.mark.parametrize(
    "piece", ["\u202e", "a\u0430", "\U0001f3f4\U000e0067\U000e007f", "\U0001f3f4\U000e0067"]
)
def test_hostile_text_gives_few_findings(piece, tmp_path):
    """And an answer, whatever it is repeated to."""
    rows = found(tmp_path, [piece * 2000] * 30)

    assert len(rows) <= deceptive_text.MOST_FINDINGS
