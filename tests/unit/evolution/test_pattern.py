"""Patterns as automata: they take what the engine takes, or are not understood."""

import itertools

import pytest

from onex.evolution.schemas.characters import ESCAPES, LAST, LINE, merge, outside
from onex.evolution.schemas.formats import BOUNDS, EXACT, EXAMPLES
from onex.evolution.schemas.language import search
from onex.evolution.schemas.pattern import automaton, literal
from onex_contract import registry

UNDERSTOOD = [
    "", "a", "^a$", "a|b", "^(a|b)*$", "^a?b+c*$", "^a{2}$", "^a{1,2}b$", "^a{2,}$", "[a-b]", "^[^a]$", "^.$", "^$", "a$", "^a",
    "(^a|b)c", "$a", "a^", "$^", "^$|b", "^a+?$", "^(?:ab)+$", r"^\.$", r"^\d$", r"^\w\W$", r"^\s\S$", r"^[\dab]$", r"^[^\d]$", r"\x61", r"\u0061",
    r"\u{61}", r"^[a\-b]$", "^[a-]$", "^[-a]$", r"^[\]]$", "^(a|)b$", "^((a|b)(a|b))+$", r"^\/$", "^[ab]{0}$", "^a|b$", "^(^a)$", "(a$|b)",
]  # fmt: skip

FOREIGN = [
    "(?=a)", "(?!a)", "(?<=a)", "(?i)a", r"\ba", r"\p{L}", r"(a)\1", "[[a]]", "[a&&b]", "[a--b]", "[~~]", "a**", "a{2", "]", "}", "(", ")",
    "[", "[]", "[b-a]", "[a-\\d]", "\\", r"\q", r"\x6", r"\u{}", r"\u{110000}", r"\ud800", "a{9999}", "*a", "(?<n>a)", "(((" * 20 + ")))" * 20,
    "a{3,2}", "(((a{99}){99}){99})", "^a++$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", UNDERSTOOD)
def test_an_automaton_takes_what_the_engine_takes(pattern):
    """Of all texts of up to four of these characters, the same ones are found."""
    engine = registry.compile_schema({"pattern": pattern})
    texts = [
        "".join(letters) for size in range(5) for letters in itertools.product("ab.1", repeat=size)
    ]
    texts += ["-", "]", "/", "\n", "a\n", "é", "ab c", "1 ", " a"]
    one = automaton(pattern)
    assert one is not None

    for text in texts:
        taken = not search([one, literal(text)], []).none
        assert (text, taken) == (text, engine.is_valid(text))


@pytest.mark.parametrize("pattern", FOREIGN)
def test_what_is_not_understood_has_no_automaton(pattern):
    """Beyond what is known for sure nothing is claimed."""
    assert automaton(pattern) is None


@pytest.mark.parametrize("name", sorted(ESCAPES))
def test_an_escape_stands_for_what_the_engine_takes(name):
    """Over all code points; a digit is one of ten, whatever the locale."""
    engine = registry.compile_schema({"pattern": f"^\\{name}$"})
    codes = [code for code in range(LAST + 1) if not 0xD800 <= code <= 0xDFFF]
    taken = merge((code, code) for code in codes if engine.is_valid(chr(code)))

    assert ESCAPES[name] == taken


def test_a_dot_stands_for_all_but_a_line_end():
    """As the engine has it."""
    engine = registry.compile_schema({"pattern": "^.$"})

    assert [engine.is_valid(text) for text in ("\n", "\r", "\u2028", "a")] == [
        False,
        True,
        True,
        True,
    ]
    assert outside(LINE) == ((0x0A, 0x0A),)


FOUND = [
    (["^[a-z_]+$"], ["^[a-z0-9_]+$"], {}, None),
    (["^[a-z0-9_]+$"], ["^[a-z_]+$"], {}, "0"),
    (["^[a-z]{1,5}$"], [], {"least": 6}, None),
    (["^a+$"], [], {"least": 3, "most": 3}, "aaa"),
    (["^a+$"], [], {"most": 0}, None),
    ([], ["^[\\s\\S]*$"], {}, None),
    ([], ["^a?$"], {}, "x"),
    (["^a", "b$"], ["^a.*b$"], {}, "a\nb"),
    (["^a"], ["^a"], {}, None),
    (["$a"], [], {}, None),
    ([], [], {"least": 5, "most": 4}, None),
]


@pytest.mark.parametrize(("taken", "refused", "limits", "word"), FOUND)
def test_search(taken, refused, limits, word):
    """The shortest text, or the proof that there is none."""
    found = search([automaton(p) for p in taken], [automaton(p) for p in refused], **limits)

    assert (found.none, found.words[:1]) == (word is None, [] if word is None else [word])


@pytest.mark.parametrize(
    ("pattern", "limits"),
    [
        ("^(a|b)*a(a|b){300}$", {}),
        ("^a*$", {"least": 100_000}),
        ("^((a|b){40}){40}$", {"least": 3}),
    ],
    ids=["many-states", "long", "wide"],
)
def test_a_search_ends(pattern, limits):
    """What would take long is given up, and nothing is claimed."""
    one = automaton(pattern)
    found = search([one] if one else [], [automaton("^b*$")], **limits)

    assert not found.none


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_formats_keep_their_bounds(name):
    """Each example is of its format, and within the pattern that is said to bound it."""
    engine = registry.compile_schema({"format": name})
    bound = registry.compile_schema({"pattern": BOUNDS.get(name) or EXACT.get(name, "")})

    assert all(engine.is_valid(text) and bound.is_valid(text) for text in EXAMPLES[name])


NEARLY = {
    "ipv4": [
        *("0.0.0.0 255.255.255.255 256.0.0.0 01.0.0.0 1.1.1 1.1.1.1.1 1.1.1.1. .1.1.1.1 1..1.1 a.1.1.1".split()),
        *(f"{byte}.1.199.{byte}" for byte in range(300)),
        *("1.1.1.1 ", " 1.1.1.1", "1.1.1.1\n", "", "1.1.1.1/8", "0x1.1.1.1", "٣.1.1.1", "1.1.1.+1"),
    ],
    "uuid": [
        *(f"{head}0000000-0000-{head}000-{head}000-00000000000{head}" for head in "0123456789abcdefABCDEFgG-"),
        *("00000000000000000000000000000000", "{00000000-0000-0000-0000-000000000000}", ""),
        *("00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-0000000000000"),
        *("0000000-00000-0000-0000-000000000000", "urn:uuid:00000000-0000-0000-0000-000000000000"),
        "00000000-0000-0000-0000-000000000000\n",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXACT))
def test_an_exact_pattern_is_the_format(name):
    """What is of the format, and what nearly is, is told apart in the same way."""
    engine = registry.compile_schema({"format": name})
    pattern = registry.compile_schema({"pattern": EXACT[name]})

    assert [text for text in NEARLY[name] if engine.is_valid(text) != pattern.is_valid(text)] == []
