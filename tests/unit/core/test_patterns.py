"""Which patterns every engine reads alike, by name of what they do not (FAULTS V2, V3)."""

import json
import random
import shutil
import subprocess

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.contract import SchemaRefusedError, StateSchema
from onex.core.lint import lint
from onex.core.patterns import MOST_WEIGHT, judge
from onex_contract.registry import compile_schema

REFUSED = [
    ("(?=a)", "a look-ahead, '(?='"),
    ("(?!a)", "a look-ahead, '(?!'"),
    ("(?<=a)", "a look-behind, '(?<='"),
    ("(?<!a)", "a look-behind, '(?<!'"),
    ("(?P<n>a)", "a named group of Python, '(?P<'"),
    ("(?P=n)", "a reference back, '(?P='"),
    ("(?<n>a)", "a named group, '(?<'"),
    ("(?'n'a)", "a named group, '(?''"),
    ("(?>a)", "an atomic group, '(?>'"),
    ("(?#a)", "a comment, '(?#'"),
    ("(?(1)a|b)", "a condition, '(?('"),
    ("(?R)", "a recursion, '(?R'"),
    ("(?i)a", "a flag inside the pattern, '(?i)'"),
    ("(?", "a flag inside the pattern, '(?'"),
    ("(a)\\1", "a reference back, '\\1'"),
    ("\\k<n>", "a reference back, '\\k'"),
    ("a++", "a possessive quantifier"),
    ("a{2}+", "a possessive quantifier"),
    ("a**", "'*' with nothing before it to repeat"),
    ("a{2}{3}", "'{3}' with nothing before it to repeat"),
    ("a??+", "'+' with nothing before it to repeat"),
    ("*a", "'*' with nothing before it to repeat"),
    ("^*", "'*' with nothing before it to repeat"),
    ("(|?)", "'?' with nothing before it to repeat"),
    ("a{,3}", "a '{' that counts nothing"),
    ("a{3,2}", "'{3,2}', which ends before it begins"),
    ("a]", "a ']' that closes nothing"),
    ("a}", "a '}' that closes nothing"),
    ("a)", "a ')' that closes nothing"),
    ("(a", "a '(' that nothing closes"),
    ("[a", "a '[' that nothing closes"),
    ("[]a]", "a class without characters"),
    ("[^]", "a class without characters"),
    ("[[:alpha:]]", "a class of POSIX, '[:'"),
    ("[a[b]]", "a '[' inside a class"),
    ("[z-a]", "a range that ends before it begins"),
    ("[\\cB-\\cA]", "a range that ends before it begins"),
    ("[\\t-\\x08]", "a range that ends before it begins"),
    ("[\\r-\\n]", "a range that ends before it begins"),
    ("[\\u{62}-\\u0061]", "a range that ends before it begins"),
    ("[\\w-z]", "a range from or to a set of characters"),
    ("[a-\\d]", "a range from or to a set of characters"),
    ("[\\b]", "the escape '\\b', which ECMA-262 does not have"),
    ("\\Aa", "the escape '\\A', which ECMA-262 does not have"),
    ("\\-", "the escape '\\-', which ECMA-262 does not have"),
    ("\\0", "the escape '\\0', which ECMA-262 does not have"),
    ("\\\x1b", "the escape '\\\\x1b', which ECMA-262 does not have"),
    ("\\x4", "the escape '\\x', which ECMA-262 does not have"),
    ("\\ud800", "'\\ud800', which is no character"),
    ("\\u{110000}", "'\\u{110000}', which is no character"),
    ("\\pL", "a property '\\p' that ECMA-262 does not know"),
    ("\\p{Greek}", "a property '\\p' that ECMA-262 does not know"),
    ("a\\", "a '\\' with nothing behind it"),
    ("\ud800", "half of a character"),
]
"""Patterns, and the construct that is told of each."""

ACCEPTED = (
    *(
        "",
        "^$",
        "a|b|",
        "()",
        "(?:a)",
        "a*?b+?c??d{2}?e{2,}?f{2,3}?",
        "[^-a-]",
        "[a\\-z]",
        "[\\x08-\\t\\n-\\v\\f-\\r\\cA-\\cZ]",
        "[.*+?(){}|^$]",
    ),
    *(
        "\\d\\D\\w\\W\\s\\S\\b\\B",
        "[\\d\\s\\-\\]\\[]",
        "\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/",
    ),
    *(
        "\\x41\\u0041\\u{1F600}\\cA\\n\\r\\t\\f\\v",
        "\\p{L}\\P{Lu}\\p{gc=Lu}\\p{Script=Greek}",
        "é😀",
        "[é-ü]",
    ),
)

PIECES = (
    *(
        "a",
        "é",
        "^",
        "$",
        ".",
        "*",
        "+",
        "?",
        "(",
        ")",
        "(?:",
        "(?=",
        "(?<!",
        "[",
        "[^",
        "]",
        "{",
        "}",
    ),
    *(
        "{2}",
        "{1,}",
        "{,3}",
        "{3,2}",
        "|",
        "\\",
        "\\d",
        "\\w",
        "\\b",
        "\\1",
        "\\k",
        "\\-",
        "-",
        "\\p{L}",
    ),
    *(
        "\\p{Greek}",
        "\\u0041",
        "\\u{41}",
        "\\x41",
        "\\cA",
        "\\n",
        "\\/",
        "_",
        "(?i)",
        "(?P<n>",
        "(?<n>",
    ),
    *(
        "\\A",
        "\\z",
        "[:alpha:]",
        "&&",
        "--",
        "\\0",
        "\\]",
        "\\[",
        ",",
        "1",
        "\\S",
        "\\ud800",
        "\\v",
    ),
)
"""What patterns are put together of, in this dialect and in others."""

ECMA = """\
const patterns = JSON.parse(require("fs").readFileSync(0, "utf8"));
const reads = (text) => { try { new RegExp(text, "u"); return true } catch { return false } };
console.log(JSON.stringify(patterns.map(reads)));
"""


def engine_takes(pattern):
    """Whether the engine, which searches in linear time, compiles ``pattern``."""
    try:
        compile_schema({"pattern": pattern})
    except jsonschema_rs.ValidationError:
        return False
    return True


@pytest.mark.parametrize(("pattern", "fault"), REFUSED)
def test_construct_is_refused_by_its_name(pattern, fault):
    """The first construct that some engine does not know, or that takes it more than linear time."""
    assert judge(pattern).fault == fault


@pytest.mark.parametrize("pattern", ACCEPTED)
def test_pattern_of_the_shared_part(pattern):
    """What ECMA-262 and the engine read alike is taken, and compiles."""
    assert judge(pattern).fault is None
    assert engine_takes(pattern)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_what_is_accepted_compiles(pattern):
    """The lint leaves no pattern for the engine to refuse."""
    if judge(pattern).fault is None:
        assert engine_takes(pattern)


@given(st.text(max_size=40))
def test_any_text_is_judged(text):
    """Whatever a pattern holds, something is said of it, on one row."""
    verdict = judge(text)

    assert verdict.fault is None or verdict.fault.isprintable()


@pytest.mark.system
def test_what_is_accepted_is_ecma():
    """Node.js, which has ECMA-262 itself, reads every pattern that the lint accepts."""
    chosen = random.Random(4)  # noqa: S311 - not for secrets
    made = {"".join(chosen.choices(PIECES, k=chosen.randint(1, 6))) for _ in range(30_000)}
    patterns = [p for p in sorted(made) if judge(p).fault is None] + list(ACCEPTED)
    asked = json.dumps(patterns)
    answer = subprocess.run(
        [shutil.which("node"), "-e", ECMA], input=asked, capture_output=True, text=True, check=True
    )

    assert len(patterns) > 2_000
    assert [
        p for p, read in zip(patterns, json.loads(answer.stdout), strict=True) if not read
    ] == []


@pytest.mark.parametrize(
    ("pattern", "weight"),
    [
        ("", 0),
        ("abc", 3),
        ("a{10}", 10),
        ("a{2,5}b?", 6),
        ("(ab){3}|c", 7),
        ("((a{10}){10}){10}", 1_000),
        (".", 10),
        ("\\p{L}{3}", 1_500),
        ("[a-c\\p{L}]", 503),
        ("a{99999999999999999999}", MOST_WEIGHT),
    ],
)
def test_weight(pattern, weight):
    """A repetition weighs as often as it is built, a set beyond ASCII what it takes."""
    assert judge(pattern).weight == weight


@pytest.mark.parametrize(
    "pattern",
    ["\\p{L}{200}", "[\\p{L}\\p{N}]{100}", "^(a{1000}){50}$"],
)
def test_v2_patterns_that_are_too_much_together(pattern):
    """Each compiles by itself, but thousands of them keep an engine busy for minutes."""
    schema = {"properties": {f"p{index}": {"pattern": pattern} for index in range(9_000)}}

    (problem,) = lint(schema)

    assert problem.keyword == "size"
    assert "asks for too much" in problem.message
    assert lint({"pattern": pattern}) == []


@pytest.mark.parametrize(
    "text", ["(" * 500_000, "[" + "a-z" * 300_000, "a{9}" * 200_000, "\\" * 999_999]
)
def test_v2_long_pattern_is_read_in_linear_time(text):
    """A pattern as long as a document may be is judged at once."""
    verdict = judge(text)

    assert verdict.fault or verdict.weight


def test_v3_pattern_outside_the_shared_part_never_reaches_an_engine():
    """The contract is refused where the pattern stands, with what to write in its place."""
    with pytest.raises(SchemaRefusedError) as caught:
        StateSchema({"items": {"pattern": "^\\Aabc$"}})

    (problem,) = caught.value.problems
    assert (problem.pointer, problem.hint) == ("/items/pattern", "write '^'")
