"""Secrets are found however a program spells them, and wherever its output is cut (OVC-14)."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.runs.mask import HIDDEN, Mask

CANARY = '~~?c4n+ry/"Ü" ß\\x'
SHORT = st.text(alphabet="ab\n", min_size=4, max_size=7)


@pytest.mark.parametrize(
    "spelled",
    [
        CANARY,
        quote(CANARY),
        quote(CANARY, safe=""),
        quote_plus(CANARY),
        json.dumps(CANARY)[1:-1],
        json.dumps(CANARY, ensure_ascii=False)[1:-1],
        base64.b64encode(CANARY.encode()).decode(),
        base64.urlsafe_b64encode(CANARY.encode()).decode(),
        base64.urlsafe_b64encode(CANARY.encode()).decode().rstrip("="),
    ],
)
def test_every_spelling_is_hidden(spelled):
    """Nothing of it is left between its neighbours."""
    assert Mask([CANARY]).text(f"<{spelled}>") == f"<{HIDDEN}>"


@given(st.text(min_size=6), st.binary(max_size=9), st.binary(max_size=9), st.booleans())
def test_within_a_longer_base64_no_three_bytes_of_a_secret_are_left(secret, before, after, url):
    """Wherever it begins in a group: what is left decides less than one byte at either end."""
    encode = base64.urlsafe_b64encode if url else base64.b64encode
    data = secret.encode()
    text = encode(before + data + after).decode()
    first, last = -(-8 * len(before) // 6), 8 * (len(before) + len(data)) // 6
    inner = text[first:last]

    masked = Mask([secret]).text(text)

    assert HIDDEN in masked
    assert inner not in masked


def test_a_value_is_hidden_in_texts_and_in_keys():
    """Numbers and the rest stay what they are."""
    value = {"canary-1": ["x canary-1 y", 1, None, True], "b": {"c": "canary-1canary-1"}}

    assert Mask(["canary-1"]).value(value) == {
        "***": ["x *** y", 1, None, True],
        "b": {"c": "******"},
    }


@pytest.mark.parametrize("secrets", [[], [""], ["abc"]])
def test_what_is_too_short_hides_nothing(secrets):
    """A value of three characters stands in half of all words."""
    mask = Mask(secrets)

    assert mask.text("abc") == "abc"
    assert mask.whole("abc", 3) == 3
    assert mask.without_torn("abc") == "abc"


def test_a_value_is_hidden_without_the_space_around_it_and_line_by_line():
    """A file with an end of line; a key that a program indents."""
    assert Mask(["canary\n"]).text("canary") == "***"
    assert Mask(["first-line\r\nsecond-line\nx"]).text("  second-line\n  x") == "  ***\n  x"


def test_the_longest_is_hidden_first():
    """No part of a secret is left that another begins with."""
    assert Mask(["canary", "canary-and-more"]).text("canary-and-more, canary") == "***, ***"


@given(st.lists(SHORT, min_size=1, max_size=3), st.lists(st.text("ab\n", max_size=9), max_size=9))
def test_cut_where_it_may_be_cut_nothing_is_lost(secrets, pieces):
    """However a text comes in pieces, it is hidden as if it had come at once."""
    mask, held, shown = Mask(secrets), "", ""
    for piece in pieces:
        held += piece
        end = mask.whole(held, len(held))
        shown, held = shown + mask.text(held[:end]), held[end:]

    assert shown + mask.text(held) == mask.text("".join(pieces))


@given(SHORT, st.text("ab\n", max_size=9), st.integers(1, 6))
def test_the_torn_end_of_a_secret_is_taken_off(secret, rest, torn):
    """Whatever is left of it at the beginning of a text goes, and all else stays."""
    left = secret[torn:]

    kept = Mask([secret]).without_torn(left + rest)

    assert (left + rest).endswith(kept)
    assert len(kept) <= len(rest) or not left
