"""Laws of the house form: nothing is said differently, nothing is lost, and once is enough."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies_yaml import MAPPINGS, Author

from onex.core import document
from onex.core.canonical import golden_bytes
from onex.core.house import house_form

ORDER = ("name", "b", "a")


def comments(text: str) -> list[str]:
    """The comments that an ``Author`` wrote, in their order."""
    return re.findall(
        r"# (?:[0-9]+|top|end)$", re.sub(r"[ \t]*\r?$", "", text, flags=re.MULTILINE), re.MULTILINE
    )


def said(text: bytes) -> bytes:
    """What a document says, to the digit."""
    return golden_bytes(document.parse(text, "node.onex").value)


@given(st.data(), MAPPINGS)
def test_values_stay(data, value):
    """What is formatted says what it said."""
    text = Author(data).document(value).encode()

    assert said(house_form(text, "node.onex", ORDER)) == said(text)


@given(st.data(), MAPPINGS)
def test_formatting_twice_is_formatting_once(data, value):
    """The house form is its own house form."""
    new = house_form(Author(data).document(value).encode(), "node.onex", ORDER)

    assert house_form(new, "node.onex", ORDER).decode() == new.decode()


@given(st.data(), MAPPINGS)
def test_comments_stay_in_order(data, value):
    """No comment is lost or overtakes another, where no key has to move."""
    text = Author(data).document(value)

    new = house_form(text.encode(), "node.onex", ()).decode()

    before, after = comments(re.sub(r"\r\n?", "\n", text)), comments(new)
    assert sorted(after) == sorted(before)
    assert after == before or "hash" in value


@given(st.data(), MAPPINGS)
def test_lines_are_clean(data, value):
    """LF, no mark, one line end at the end, and no white space at the end of a line but in blocks."""
    new = house_form(Author(data).document(value).encode(), "node.onex", ORDER).decode()

    assert "\r" not in new
    assert "\ufeff" not in new
    assert new.endswith("\n")
    if "|" not in new:
        assert not re.search(r"[ \t]$", new, re.MULTILINE)
        assert "\n\n\n" not in new
        assert not new.endswith("\n\n")


@given(MAPPINGS, st.sampled_from([None, 0, 1, "\t"]), st.booleans())
def test_json_stays_the_json_that_it_is(value, indent, is_ascii):
    """A contract in JSON is JSON afterwards, says the same, and is formatted once for all."""
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii).encode()

    new = house_form(text, "contract.json", ORDER)

    assert json.loads(new) == value
    assert house_form(new, "contract.json", ORDER) == new
