"""YAML in: one value for every text, or a refusal that names the place and the reason."""

import pytest

from onex.core import yaml
from onex.errors import DocumentError


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        yaml.parse(text.encode(), "node.onex")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb:\n  - x\n  - {c: [d, -0.5e3]}\n", {"a": 1, "b": ["x", {"c": ["d", -500.0]}]}),
        ("a:\nb: ~\nc: null\nd: Null\ne: NULL\n", dict.fromkeys("abcde")),
        ("[true, True, TRUE, false, False, FALSE]", [True] * 3 + [False] * 3),
        ("[0, -0, 12, -7, 1.5, 1e3, 1E-2]", [0, 0, 12, -7, 1.5, 1000.0, 0.01]),
        ("[no, y, 12:30:45, 1_000, 2026-01-02, 1.2.3, 0b1, -, +, .]",
         ["no", "y", "12:30:45", "1_000", "2026-01-02", "1.2.3", "0b1", "-", "+", "."]),
        ("\"1\": '010'\n'true': \"\\u00e9\"\n", {"1": "010", "true": "é"}),
        ("'<<': x\n\"\": y\n", {"<<": "x", "": "y"}),
        ("a: |\n  one\n  two\n\nb: >-\n  three\n  four\n", {"a": "one\ntwo\n", "b": "three four"}),
        ("# only\n--- # a document\na: 1\n...\n# behind\n", {"a": 1}),
        ("{a, b: , ? c : 1}", {"a": None, "b": None, "c": 1}),
        ("{}", {}),
        ("[]", []),
        ("text", "text"),
        ("''", ""),
        ("null", None),
        ("a: 50% off & 2 * 3 !\n", {"a": "50% off & 2 * 3 !"}),
    ],
)  # fmt: skip
def test_text_has_one_value(text, value):
    """The JSON model with the core scalars of YAML 1.2."""
    found = yaml.parse(text.encode(), "node.onex")

    assert (found, repr(found)) == (value, repr(value))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1", "1:4: anchors ('&name') are not read; remove it"),
        ("a: &x {}", "1:4: anchors ('&name') are not read; remove it"),
        ("a: *x", "1:4: aliases ('*name') are not read; write the value out"),
        ("<<: {}", "1:1: merge keys ('<<') are not read; write the members out"),
        ("a: !!str 1", "1:4: tags (here 'tag:yaml.org,2002:str') are not read; remove it"),
        ("a: ! 1", "1:4: tags (here '!') are not read; remove it"),
        ("a: ! {}", "1:4: tags (here '!') are not read; remove it"),
        ("1: a", "1:1: the key 1 is not text; quote it"),
        ("a: 1\ntrue: a", "2:1: the key true is not text; quote it"),
        ("? \n: a", "1:2: a key is missing here; quote it"),
        ("? [a]\n: b", "1:3: a key must be text, not a list or a mapping"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document starts here; a file holds one"),
        ("%YAML 1.2\n---\na: 1",
         "1:1: directives ('%' begins a line) are not read; remove the line, or indent it"),
        ("a: 1e400", "1:4: '1e400' is too large for a number; quote it if it is text"),
        ("a: " + "1" * 4301, "1:4: a number of 4301 characters; at most 4300 are read"),
        ("a: 'x", "1:4: not YAML: the quotes that open here are never closed"),
        ('a: "x\nb: "y"', "1:4: not YAML: the quotes that open here close only on line 2; is one missing?"),
        ("a: 'x\nb: 'y'\nc: 'z'", "1:4: not YAML: the quotes that open here close only on line 2; is one missing?"),
        ("a: [1, 2\nb: 3", "2:2: not YAML: a ',' or a ']' was expected"),
        ("a:\n\t- b", "2:1: not YAML: no value starts with this character;"
         " indent with spaces, and quote text that begins so"),
        ("name: onex\n key: x", "2:5: not YAML: a ':' may not stand here;"
         " is the indentation right? quote text that holds ': '"),
        ('a: "\\ud800"', "1:7: not YAML: this escape is no character;"
         " is it half of a surrogate pair?"),
        ("a: *.py", "1:5: not YAML: '&' and '*' begin anchors and aliases,"
         " which are not read; quote the text"),
        ("a: %x", "1:4: not YAML: no value starts with this character;"
         " indent with spaces, and quote text that begins so"),
    ],
)  # fmt: skip
def test_refusal_says_where_and_why(text, message):
    """What is outside the subset is refused by name, at its line and column."""
    assert refusal(text) == f"node.onex:{message}"


@pytest.mark.parametrize(
    "scalar",
    ["010", "0123456", "0x1F", "0o17", ".inf", "-.INF", "+.Inf", ".nan", ".NaN", "+1", "1.", ".5",
     "-.5", "00", "-01", "1.e3"],
)  # fmt: skip
def test_number_of_some_readers_is_refused_by_name(scalar):
    """A number that YAML has and JSON has not is never guessed."""
    expected = f"node.onex:1:4: '{scalar}' is a number to some readers only; quote it if it is text"
    assert refusal(f"a: {scalar}\n") == expected
    assert yaml.parse(f"a: '{scalar}'\n".encode(), "p") == {"a": scalar}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_are_those_of_an_editor(end, mark):
    """Lines end at LF, CR LF or CR; columns count characters; a byte order mark counts nothing."""
    text = mark + end.join(["é: 𝄞", "b:", "  - {c: 010}"])

    assert refusal(text).startswith("node.onex:3:9: '010'")
    assert refusal(f"{mark}010").startswith("node.onex:1:1: '010'")


def test_most_values_are_counted():
    """The limit is on values, whatever they are; keys are none."""
    text = "[" + "{k: 1}," * 49_999

    assert len(yaml.parse(f"{text}1]".encode(), "p")) == 50_000
    assert refusal(f"{text}1,1]") == "node.onex:1:349998: more than 100000 values"


def test_positions_lead_to_keys_and_values():
    """Every value has a place, and its key has one if it is a member."""
    spots = yaml.positions("\ufeffé: 1\nb:\n  - {c~/d: x}\n  -\n".encode())
    found = {
        pointer: (spots.find(pointer).key, spots.find(pointer).value)
        for pointer in ("", "/é", "/b", "/b/0", "/b/0/c~0~1d", "/b/1")
    }

    assert found == {
        "": (None, (1, 1)),
        "/é": ((1, 1), (1, 4)),
        "/b": ((2, 1), (3, 3)),
        "/b/0": (None, (3, 5)),
        "/b/0/c~0~1d": ((3, 6), (3, 12)),
        "/b/1": (None, (4, 4)),
    }
