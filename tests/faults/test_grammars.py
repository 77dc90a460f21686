"""Row I13: each production of the grammars of JSON and YAML, kept and broken.

The texts are made from RFC 8259 and from the productions of YAML 1.2. What onex reads it reads as
they say; what it refuses although they allow it, and what it takes although they do not, is listed.
"""

import json

import pytest

from onex.core import document
from onex.errors import DocumentError


def said_of(text, path):
    """The value of ``text`` in a tuple, or the message that refuses it."""
    try:
        return (document.parse(text if isinstance(text, bytes) else text.encode(), path).value,)
    except DocumentError as error:
        return error.problem


NUMBERS = (
    "0 -0 1 -1 10 907 12345678901234567890 0.0 -0.0 0.5 1.25 10.01 1e0 1E0 1e5 1E+5 1e-5 1.5e3 "
    "-1.5E-3 0e0 0e+00 0.0e-0 100e-2 1e00 9007199254740993 1.0000000000000001 5e-324 1e-400"
).split()
NO_NUMBERS = (
    "01 -01 00 00.5 1. -1. .5 -.5 +1 +0 1.e5 .e5 1e 1E 1e+ 1e- 1e+-1 1e1.5 1.2.3 1..2 - -- --1 -+1 -a "
    "0x1F 0b1 0o7 1_000 1,5e 1e5e 1a 1e5f \u0661 \uff11 1\u00a02 1/2 0- 1- NaN -NaN Infinity -Infinity "
    "+Infinity nan inf 1e400 -1e400 1e99999 e5 E 1e\u00b2"
).split(" ")
WORDS = {"null": None, "true": True, "false": False}
NO_WORDS = (
    "Null NULL nul nulll True TRUE tru truee False FALSE fals falsee none None undefined a 'a' `a` "
    "yes no on off ~ nullnull truefalse null0 true_ \u201ctrue\u201d"
).split()
TEXTS = {
    '""': "",
    '"a"': "a",
    '" "': " ",
    '"\\""': '"',
    '"\\\\"': "\\",
    '"\\/"': "/",
    '"/"': "/",
    '"\\b\\f\\n\\r\\t"': "\b\f\n\r\t",
    '"\\u0041"': "A",
    '"\\u0000"': "\0",
    '"\\u00e9\\u00E9"': "éé",
    '"\\ud83d\\ude00"': "\U0001f600",
    '"\\uD83D\\uDE00"': "\U0001f600",
    '"\\uffff"': "\uffff",
    '"\\\\u0041"': "\\u0041",
    '"é日\U0001f600"': "é日\U0001f600",
    '"\x7f"': "\x7f",
    '"\u2028\u2029"': "\u2028\u2029",
    '"\ufeff"': "\ufeff",
    '"\U0010ffff"': "\U0010ffff",
    '"[{,:}]"': "[{,:}]",
    '"null"': "null",
    '"\'"': "'",
    '"// no comment"': "// no comment",
}
NO_TEXTS = [
    '"',
    '"a',
    'a"',
    '"""',
    '"a""b"',
    '"a"b"',
    '"\\"',
    '"\\',
    '"\\a"',
    '"\\v"',
    '"\\0"',
    '"\\x41"',
    '"\\\'"',
    '"\\U0001f600"',
    '"\\u"',
    '"\\u1"',
    '"\\u12"',
    '"\\u123"',
    '"\\u123g"',
    '"\\u{41}"',
    '"\\u 041"',
    '"\\u+041"',
    '"\\u00A"',
    '"\\ "',
    '"\\\n"',
    '"\\é"',
    '"\\\U0001f600"',
    '"\n"',
    '"a\nb"',
    '"\r"',
    '"\t"',
    '"\0"',
    '"\x01"',
    '"\x1f"',
    '"\\ud83d"',
    '"\\ude00"',
    '"\\ude00\\ud83d"',
    '"\\ud83d\\u0041"',
    '"\\ud83d\\ud83d"',
    '"\\ud83dx"',
    '"\\ud83d\\n"',
    "'a'",
    "\u201ca\u201d",
    "`a`",
    'u"a"',
    'b"a"',
    '"a" "b"',
    '"a" + "b"',
]
STRUCTURES = {
    "[]": [],
    "[ ]": [],
    "{}": {},
    "{ }": {},
    "[[]]": [[]],
    "[{}]": [{}],
    '{"":0}': {"": 0},
    '{"a":[]}': {"a": []},
    '{"a":{}}': {"a": {}},
    "[1,2]": [1, 2],
    "[ 1 , 2 ]": [1, 2],
    "[[[[]]]]": [[[[]]]],
    '{"a":1,"b":2}': {"a": 1, "b": 2},
    '{ "a" : 1 , "b" : 2 }': {"a": 1, "b": 2},
    '{"a":1,"A":2}': {"a": 1, "A": 2},
    '{"\\u0061b":1}': {"ab": 1},
    '{"\\u0000":1}': {"\0": 1},
    '{"a":{"a":{"a":1}}}': {"a": {"a": {"a": 1}}},
    '[null,true,false,0,"",[],{}]': [None, True, False, 0, "", [], {}],
    "\t\n\r [\t\n\r 1\t\n\r ,\t\n\r 2\t\n\r ]\t\n\r ": [1, 2],
    "[1]\n": [1],
    "\r\n[1]": [1],
}
NO_STRUCTURES = (
    '[ ] { } [1 1] [1 {"a" {"a" {"a": {"a":1 {"a":} {:1} {1:1} {null:1} {true:1} {a:1} {\'a\':1} {[]:1} '
    '{{}:1} [,] [1,] [,1] [1,,2] [1,2,] {,} {"a":1,} {,"a":1} {"a":1,,"b":2} {"a":1"b":2} {"a":1;"b":2} '
    '{"a"=1} {"a"::1} {"a":1:2} {"a","b"} {"a"} {"a":"b" [1:2] ["a":1] [1;2] [1.2.3] [1}  {"a":1] [{] [[1] '
    '[[1]]] {"a":1}} [1]2 [1][2] {}{} [1]x [1], 1,2 "a":1 : , ; [1]] (1) [(1)] <1> [...] [*] {*:1} '
    '{...} {"a":1}/**/ [1]//x #x [1/**/] [1#] {"a":1,"a":1} {"a":1,"\\u0061":2} {"":1,"":1} '
    '[{"b":[{"c":1,"c":1}]}]'
).split(" ")
NO_BYTES = [
    b"",
    b" ",
    b"\n",
    b"\x0b[]",
    b"\x0c[]",
    b"\xa0[]",
    b"\xc2\xa0[]",
    "[\u2028]".encode(),
    "\u3000[]".encode(),
    "[\u200b]".encode(),
    b"\xef\xbb\xbf[]",
    b"\xef\xbb[]",
    b"[]\0",
    b"\0[]",
    b"[\0]",
    b"[]\xff",
    b"\xff",
    b"\x80",
    b'["\xff"]',
    b'["\xc3"]',
    b'["\xc0\x80"]',
    b'["\xe0\x80\x80"]',
    b'["\xed\xa0\x80"]',
    b'["\xf0\x82\x82\xac"]',
    b'["\xf4\x90\x80\x80"]',
    b'["\xf8\x88\x80\x80\x80"]',
    b"[\x00]\x00",
    b"\xff\xfe[\x00]\x00",
    b"\xfe\xff\x00[\x00]",
    b"{\xf0\x9f}",
]
AROUND = ["{}", " {} ", "[{}]", "[0,{}]", '{{"a":{}}}', '{{"a":[{{"b":{}}}]}}']
"""Where a value may stand."""


def placed(texts):
    """Each text at each place; the others stand alone."""
    shapes = AROUND if isinstance(texts, dict) else AROUND[:1] + AROUND[2:5:2]
    return [shape.format(text) for text in texts for shape in shapes]


def test_i13_json_that_is_one_is_read_as_it_says():
    """Every production, by itself and inside others: the value that the grammar gives it."""
    values = {text: json.loads(text) for text in NUMBERS} | WORDS | TEXTS | STRUCTURES
    texts = placed(values)
    assert len(texts) > 300

    wrong = {text: said_of(text, "a.json") for text in texts}
    assert {t: said for t, said in wrong.items() if repr(said) != repr((json.loads(t),))} == {}
    alone = {text: said_of(text, "a.json") for text in values}
    assert repr(alone) == repr({text: (value,) for text, value in values.items()})


def test_i13_json_that_is_none_is_refused():
    """Every way to miss a production, by itself and inside others, and never another error."""
    texts = [*placed(NO_NUMBERS), *placed(NO_WORDS), *placed(NO_TEXTS), *NO_STRUCTURES, *NO_BYTES]
    assert len({*texts}) > 450

    read = {text: said_of(text, "a.json") for text in texts}
    assert {text: said for text, said in read.items() if not isinstance(said, str)} == {}


def cut(text):
    """Every beginning of ``text``, and ``text`` without any one character."""
    return {text[:end] for end in range(len(text))} | {
        text[:at] + text[at + 1 :] for at in range(len(text))
    }


def test_i13_json_that_lost_a_character_is_what_the_rest_says():
    """Cut off or holed anywhere: the rest is refused, or read as Python's parser reads it."""
    text = '{"a":[0,-1.5e+2,"\\u00e9\\n",true],"b":{"c":null},"d":[[]],"e":{}}'
    for rest in cut(text):
        said = said_of(rest, "a.json")
        try:
            expected = (json.loads(rest),)
        except json.JSONDecodeError:
            assert isinstance(said, str), rest
        else:
            assert said == expected, rest


BLOCKS = {
    "a: b": {"a": "b"},
    " a: b\n c: d\n": {"a": "b", "c": "d"},
    "a:\n b: c\n d: e\n": {"a": {"b": "c", "d": "e"}},
    "a:\nb:\n": {"a": None, "b": None},
    "a:\n b:\n  c:\n": {"a": {"b": {"c": None}}},
    "a:\n\n\n b\n": {"a": "b"},
    "a:\n- b\n- c\nd: e\n": {"a": ["b", "c"], "d": "e"},
    "a:\n  - b\n  - c\n": {"a": ["b", "c"]},
    "- a\n- b": ["a", "b"],
    "-  a\n-   b": ["a", "b"],
    "-": [None],
    "-\n- ": [None, None],
    "- -": [[None]],
    "- - a\n  - b\n- - c": [["a", "b"], ["c"]],
    "- - - a\n    - b": [[["a", "b"]]],
    "- a: b\n  c: d": [{"a": "b", "c": "d"}],
    "- a:\n  - b\n  - c": [{"a": ["b", "c"]}],
    "- a\n - b": ["a - b"],
    "? a\n: b": {"a": "b"},
    "? a\n? b\n": {"a": None, "b": None},
    "? a\n b\n: c\n": {"a b": "c"},
    "? |\n a\n: b\n": {"a\n": "b"},
    "? 'a'\n: - b\n  - c\n": {"a": ["b", "c"]},
    "'a': b\n\"c\": d": {"a": "b", "c": "d"},
    "a : b": {"a": "b"},
    "a:\tb": {"a": "b"},
    "a: \t b \t\n": {"a": "b"},
    "a: b\r\nc: d\r\n": {"a": "b", "c": "d"},
    "a:\r b\r": {"a": "b"},
}
FLOWS = {
    "[]": [],
    "[ ]": [],
    "{ }": {},
    "[a,]": ["a"],
    "{a: b,}": {"a": "b"},
    "[\na\n]": ["a"],
    "[a,\n\n\n b]": ["a", "b"],
    "[a\n b, c]": ["a b", "c"],
    "[a b, c d]": ["a b", "c d"],
    "[a, [b, [c]], {}, '']": ["a", ["b", ["c"]], {}, ""],
    "{a: [b, {c: d}], e: {}}": {"a": ["b", {"c": "d"}], "e": {}},
    "{a, b: c}": {"a": None, "b": "c"},
    "{a b}": {"a b": None},
    "{a: }": {"a": None},
    "{a : b}": {"a": "b"},
    "{a:\n b}": {"a": "b"},
    "{a:b, c: d}": {"a:b": None, "c": "d"},
    "{a::b}": {"a::b": None},
    "{\"a\":b, 'c':1}": {"a": "b", "c": 1},
    "[a: b, c]": [{"a": "b"}, "c"],
    '["a":1]': [{"a": 1}],
    "['a' : b]": [{"a": "b"}],
    "[a b: c, d]": [{"a b": "c"}, "d"],
    "[? a : b]": [{"a": "b"}],
    "{? a, ? b: c}": {"a": None, "b": "c"},
    "[-a, -1, a-]": ["-a", -1, "a-"],
    "[a, ..., ---]": ["a", "...", "---"],
    "[a; b]": ["a; b"],
    "a: [\tb,\tc\t]": {"a": ["b", "c"]},
    "[\n\ta\n]": ["a"],
    "a: {\n  b: c\n }": {"a": {"b": "c"}},
}
PLAINS = {
    "a": "a",
    "a b": "a b",
    "a\nb": "a b",
    "a\n\nb": "a\nb",
    "a\n b\n  c": "a b c",
    "a: b\n  c\nd: e": {"a": "b c", "d": "e"},
    "a: b\n\n  c": {"a": "b\nc"},
    "a - b": "a - b",
    "-a": "-a",
    "--": "--",
    "---a": "---a",
    "a, b": "a, b",
    "a]b}c{d[e": "a]b}c{d[e",
    "a:b": "a:b",
    "a :b": "a :b",
    "a:b: c": {"a:b": "c"},
    "a: :b": {"a": ":b"},
    "a: ?b": {"a": "?b"},
    "?a: b": {"?a": "b"},
    "a: b?": {"a": "b?"},
    "{a?, b: c?}": {"a?": None, "b": "c?"},
    "http://a.b:80/c?d=e#f": "http://a.b:80/c?d=e#f",
    "a: b#c": {"a": "b#c"},
    "a: --- b": {"a": "--- b"},
    "a: ...": {"a": "..."},
    "a: \\b": {"a": "\\b"},
    "a: <<": {"a": "<<"},
    "=: a": {"=": "a"},
    "a: b 'c'": {"a": "b 'c'"},
    'a: b "c': {"a": 'b "c'},
    "a: b's": {"a": "b's"},
}
QUOTES = {
    "''": "",
    '""': "",
    "''''": "'",
    "'a''b'": "a'b",
    "'a\n b'": "a b",
    "'a\n\nb'": "a\nb",
    '"a\n\n\n b"': "a\n\nb",
    '"a \n b"': "a b",
    '"\n a\n"': " a ",
    "' a '": " a ",
    "'\\n'": "\\n",
    '"a\\\n  b"': "ab",
    '"a\\n\\\n  b"': "a\nb",
    '"\\ a"': " a",
    '"\\\ta"': "\ta",
    '"\\x41\\u00e9\\U0001f600"': "A\u00e9\U0001f600",
    '"\\0\\a\\b\\t\\n\\v\\f\\r\\e"': "\0\a\b\t\n\v\f\r\x1b",
    '"\\"\\/\\\\\\N\\_\\L\\P"': '"/\\\x85\xa0\u2028\u2029',
    "a: 'b' # c": {"a": "b"},
    "a: '#b'": {"a": "#b"},
    "'a: b'": "a: b",
    "'[a]': '{b}'": {"[a]": "{b}"},
}
SCALARS = {
    "|\n a\n b\n": "a\nb\n",
    "|-\n a\n\n\n": "a",
    "|\n a\n\n\n": "a\n",
    "|+\n a\n\n\n": "a\n\n\n",
    ">\n a\n b\n": "a b\n",
    ">\n a\n\n b\n": "a\nb\n",
    ">\n a\n  b\n c\n": "a\n b\nc\n",
    ">\n a\n # b\n": "a # b\n",
    "a: |\n b\nc: d\n": {"a": "b\n", "c": "d"},
    "a: |\n b\n# c\n": {"a": "b\n"},
    "a: |\n": {"a": ""},
    "a: |\nb: c\n": {"a": "", "b": "c"},
    "a: |+\n\n": {"a": "\n"},
    "a: >\n\n b\n": {"a": "\nb\n"},
    "a: |2\n    b\n": {"a": "  b\n"},
    "a: |1-\n  b\n": {"a": " b"},
    "a: >-2 # c\n   b\n": {"a": " b"},
    "- |\n a\n- >\n b\n c\n": ["a\n", "b c\n"],
    "a: |\r\n b\r\n c\r\n": {"a": "b\nc\n"},
    "a: |\n 'b' \"c\" [d: {e\n": {"a": "'b' \"c\" [d: {e\n"},
}
DOCUMENTS = {
    "---\na: b\n...\n": {"a": "b"},
    "--- a\n": "a",
    "--- {a: b}\n": {"a": "b"},
    "--- # c\na: b\n": {"a": "b"},
    "\n\n---\na\n": "a",
    "a: b\n... # c\n": {"a": "b"},
    "# a\nb: c # d\n# e\n": {"b": "c"},
    "a: # b\n  c\n": {"a": "c"},
    "a:\n  # b\n  c: d\n": {"a": {"c": "d"}},
    "a: b\n #c\nd: e\n": {"a": "b", "d": "e"},
    "- # a\n  b\n": ["b"],
    "[a, # b\n c]\n": ["a", "c"],
    "[a#b]\n": ["a#b"],
    "{a: # x\n b}\n": {"a": "b"},
    "a #b: c": "a",
}
KEPT = BLOCKS | FLOWS | PLAINS | QUOTES | SCALARS | DOCUMENTS

BROKEN = [
    # indentation
    " a: b\nc: d\n", "a: b\n c: d\n", "a:\n b: c\n  d: e\n", "a:\n  b: c\n d: e\n", "a:\n- b\n c: d\n",
    "a:\n  - b\n - c\n", "- a\n b: c\n", "- a: b\n c: d\n", "- a: b\n   c: d\n", "a:\n  b\nc\n", "a: b\nc\n",
    "- a\nb: c\n", "a: b\n- c\n", "- a\nb\n", "- a\n-b", "a: b\n  c: d", "a\nb: c", "a: b\n: c\n", "? a\n:b\n",
    # tabs that indent
    "\ta", " \ta: b", "a:\n\tb", "a:\n  b: c\n\td: e\n", "a:\n \tb: c\n", "a:\n  - b\n\t- c\n", "-\t- a", "a: |\n\tb",
    # one line
    "a: b: c", "a: 'b': c", "a: b:", "a: :", "- :", "a: - b", "a: -", "--- a: b\n", "a: ? b", "a: ?\n",
    # what no value begins with
    "a: @b", "a: `b", "a: %b", "a: ,b", "a: ]b", "a: }b", "a: &", "a: *", "a: &b c", "a: *b", "a: !", "a: !!str b", "@", "`a`",
    # flow collections
    "[", "{", "]", "}", "[a", "{a", "{a: b", "[a, [b]", "a: [\n", "a: {b: c\n", "[a}", "{a]", "[a]]", "{a: b}}", "[a] b",
    "[a, b],", "[,]", "[,a]", "[a,,b]", "[a, , b]", "{,}", "{,a: b}", "{a: b,,c: d}", "{a: b c: d}", "[a: b: c]", "[- a]",
    "[\n---\n]", "{a: [b, c}\n", "a: [b, c\n  d: e", "['a'\n: b]", "[a\n: b]", "[!a]", "[&a]", "[*a]", "a: [b\nc: d\n",
    # quotes
    "'a", '"a', "a: 'b", 'a: "', "'a'b", "'a' 'b'", '"a" "b"', '"a"b: c', "a: 'b' c", "- 'a' b", "a: 'b'\n'c'", '"a"\n"b"',
    "'a\n': b", '"a\nb": c', "'a\n---\nb'", '"a\n...\nb"', '"\\q"', '"\\1"', '"\\\'"', '"\\:"', '"\\x4"', '"\\xZZ"', '"\\u12"',
    '"\\U00110000"', '"\\ud83d\\ude00"', '"\\',
    # block scalars
    "a: |x\n b", "a: |0\n b", "a: |10\n b", "a: | b\n c", "a: |--\n b", "a: |+-\n b", "a: >a\n", "a: |\n  b\n c\n", "a: |\nb\n",
    "a: |\n   \n  b\n",
    # documents
    "", "#a", "---\n", "...\n", "...\na\n", "a: b\n---\n", "---\n---\n", "a: b\n...\nc: d\n", "a\n... b\n", "a\n#b\nc\n",
    "%YAML 1.2\n---\na\n", "%TAG ! a\n---\na\n", "%\n",
]  # fmt: skip
"""No YAML, or more than one document, or a mark that onex reads in no place."""

STRICTER = {
    "keys that are no text": ["? [a]\n: b", "? a: b\n: c", "{[a]: b}", "[a]: b", "{a: b}: c", "1: a", "null: a", "1.5: a"],
    "keys that are not there": [": a", "{: a}", "?\n: a", "?", "{? : a}"],
    "keys that stand twice": ["{a: b, a: c}", "a: b\n'a': c", '{a: 1, "\\x61": 2}'],
    "a tab behind a mark": ["-\ta", "- \ta", "? a\n:\tb\n", "\t# c\n", "a: b\n\t\n"],
    "a ':' that a space would explain": ["{a: :b}", "[::a]", "[a:]", "{a:}", "[:]"],
    "keys of two lines": ["{a\n b: c}", "{a\n: b}"],
    "a '?' that a space would explain": ["[?a]", "{?a: b}", "[?'a']", "[?a: b]", "[?[a]]", "[b, ?c]"],
}  # fmt: skip
"""YAML that onex refuses all the same, since readers differ or the JSON model has no place for it."""

MILDER = {
    "a comment without a space before it": {"a: 'b'#c": {"a": "b"}, "a: [b]#c": {"a": ["b"]}, "a: |#c\n b\n": {"a": "b\n"}},
    "a collection that ends too far left": {"a: [\nb\n]": {"a": ["b"]}, "a: {\nb: c\n}": {"a": {"b": "c"}}},
    "a '-' alone in brackets": {"[-]": ["-"], "{a: -}": {"a": "-"}},
    "a '|' too far left": {"a:\n|\n b\n": {"a": "b\n"}},
}  # fmt: skip
"""No YAML by the letter, of one meaning all the same; the C parser takes it."""


def test_i13_yaml_that_is_kept_to_is_read_as_it_says():
    """Every production that the JSON model has a place for: the value that the grammar gives it."""
    assert len(KEPT) > 140

    assert {text: said_of(text, "a.yaml") for text in KEPT} == {t: (v,) for t, v in KEPT.items()}


def test_i13_yaml_that_is_broken_is_refused():
    """Every way to miss a production is refused at a place, and never another error."""
    assert len(BROKEN) > 130

    read = {text: said_of(text, "a.yaml") for text in BROKEN}
    assert {text: said for text, said in read.items() if not isinstance(said, str)} == {}


@pytest.mark.parametrize("reason", STRICTER)
def test_i13_yaml_that_readers_differ_in_is_refused(reason):
    """The list of what is refused beyond the grammar is whole."""
    read = {text: said_of(text, "a.yaml") for text in STRICTER[reason]}

    assert {text: said for text, said in read.items() if not isinstance(said, str)} == {}


@pytest.mark.parametrize("reason", MILDER)
def test_i13_yaml_that_is_none_by_the_letter_has_one_meaning(reason):
    """The list of what is taken beyond the grammar, with what it is taken for."""
    texts = MILDER[reason]

    assert {text: said_of(text, "a.yaml") for text in texts} == {t: (v,) for t, v in texts.items()}


def test_i13_yaml_that_lost_a_character_never_leaks():
    """Cut off or holed anywhere, a text is a value or a refusal with a place."""
    for text in KEPT:
        read = {rest: said_of(rest, "a.yaml") for rest in cut(text)}
        assert {rest for rest, said in read.items() if not said} == set()
