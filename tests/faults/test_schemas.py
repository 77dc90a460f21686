"""Rows V: contracts are hostile, and a gate that judges them stays quick, closed and precise."""

import http.server
import json
import os
import sys
import threading
import time

import pytest

from onex.core.contract import SchemaRefusedError, StateSchema
from onex.core.lint import FORMATS, lint
from onex.core.schema import MOST
from onex.validate.engine import validate_document
from onex.validate.text import render_text

SECONDS = 2.0
CANARY = "canary-of-a-file-outside"


@pytest.fixture(autouse=True)
def quick():
    """Every row is decided within two seconds of processor time, however busy the machine is."""
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS


@pytest.fixture
def server():
    """The port of a server on loopback, and the paths that it was asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running.server_address[1], asked
        running.shutdown()
        thread.join()


OPENED: list[str] = []
WATCHING = threading.Event()


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if WATCHING.is_set() and event in {"open", "socket.connect"}:
        OPENED.append(str(arguments[0] if event == "open" else arguments[1]))


sys.addaudithook(watch)


def refusals(schema):
    """What is said against ``schema``, as one text; empty when it is accepted."""
    try:
        StateSchema(schema)
    except SchemaRefusedError as error:
        return "\n".join(f"{p.pointer}: {p.message} ({p.hint})" for p in error.problems)
    return ""


def contract(tmp_path, schema):
    """A contract with ``schema`` on its input side, as a file."""
    path = tmp_path / "contract.json"
    document = {"contract_version": "1.0.0", "input": schema, "output": {}}
    path.write_text(json.dumps(document))
    return os.fspath(path)


ELSEWHERE = [
    "http://127.0.0.1:{port}/s.json",
    "HTTP://127.0.0.1:{port}/s.json#/a",
    "//127.0.0.1:{port}/s.json",
    "file://{file}",
    "file:{file}",
    "{file}",
    "canary.json",
    "./canary.json#/a",
    "../canary.json",
    "\\\\127.0.0.1\\share\\s.json",
    "data:application/json,{{}}",
    "urn:onex:schema:common:1#/$defs/path",
    "https://json-schema.org/draft/2020-12/schema",
    "",
    " #",
]


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef"])
@pytest.mark.parametrize("place", ELSEWHERE)
def test_v1_reference_that_leaves_the_document(place, keyword, server, tmp_path):
    """Nothing is fetched and nothing is opened; the message never holds what lies there."""
    port, asked = server
    canary = tmp_path / "canary.json"
    canary.write_text(json.dumps({"title": CANARY}))
    path = contract(tmp_path, {keyword: place.format(port=port, file=canary)})
    OPENED.clear()
    WATCHING.set()
    try:
        verdict = validate_document(path)
    finally:
        WATCHING.clear()
    text = "\n".join(render_text(verdict))

    assert [finding["code"] for finding in verdict.findings] == ["ONX402"]
    assert "leaves the document" in text
    assert CANARY not in text
    assert asked == []
    assert [opened for opened in OPENED if "canary" in opened or "127.0.0.1" in opened] == []


@pytest.mark.parametrize(
    "schema",
    [
        {"$schema": "http://127.0.0.1:{port}/meta"},
        {"properties": {"a": {"$id": "http://127.0.0.1:{port}/a", "$ref": "#"}}},
        {"$id": "http://127.0.0.1:{port}/a", "$ref": "http://127.0.0.1:{port}/a#/$defs/x"},
        {"$id": "http://127.0.0.1:{port}/a", "$ref": "b.json"},
    ],
)
def test_v1_identifier_that_is_an_address(schema, server, tmp_path):
    """An address in `$schema` or `$id` is not visited either, and changes no reference."""
    port, asked = server
    filled = json.loads(json.dumps(schema).replace("{port}", str(port)))

    assert validate_document(contract(tmp_path, filled)).count("error") == 1
    assert asked == []


BACKTRACKING = [
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "^([a-zA-Z]+)*$",
    "^(\\w+\\s?)*$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^(a?){30}a{30}$",
    "(a*)*b",
    "(x+x+)+y",
    "^(\\d+)*$",
    "^(?:a*)*(?:a*)*c$",
    "(a{1,20}){1,20}z",
    "(?:(?:a{1,7}){1,7}){1,7}z",
    "(a*b*){200}z",
    "^(a{1,100}){1,100}$",
    "^[a-z]{1,4000}$",
]
"""Patterns on which an engine that goes back and tries again takes for ever."""


@pytest.mark.parametrize("pattern", BACKTRACKING)
def test_v2_patterns_that_make_engines_go_back(pattern):
    """Each is judged in linear time, wherever a pattern may stand, and the verdict is told."""
    text = f"{'a' * 200_000}!"
    places = [
        ({"pattern": pattern}, text),
        ({"propertyNames": {"pattern": pattern}}, {text: 1}),
        ({"patternProperties": {pattern: {}}, "additionalProperties": False}, {text: 1}),
    ]

    assert [len(StateSchema(schema).problems(state)) for schema, state in places] == [1, 1, 1]


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        ("(a{1,100}){1,100}z", 10_001),
        ("(?:a{1,50}){40}z", 2_001),
        ("[a-z]{1,4000}z", 4_001),
        ("a[ab]{2000}z", 2_002),
        (f"a{'[ab]' * 600}z", 602),
        ("^.*[a-z]{1,4000}z", 4_002),
        ("^a{600}$|b", 601),
        ("^a{600,}z", 601),
        (f"a{{{'0' * 5000}600}}z", 601),
        (r"(\x41|\u{1F600}|\p{L}){200}[\]{9}]", 601),
    ],
)
def test_v2_patterns_that_keep_a_linear_search_busy(pattern, places):
    """Many places at which a search may stand, all along a text, are refused with their number."""
    assert f"may stand at {places} places of it at once" in refusals({"pattern": pattern})
    bounded = pattern.replace(".*", "").replace(",}", "}")
    assert refusals({"pattern": f"^(?:{bounded})$"}) == ""


def test_v2_a_case_cannot_hold_up_the_gate(tmp_path):
    """The patterns of a contract meet the texts of its cases when it is validated."""
    sides = {"input": {"properties": {"a": {"pattern": BACKTRACKING[0]}}}, "output": {}}
    case = {"name": "long", "input": {"a": f"{'a' * 500_000}!"}, "output": {}}
    path = tmp_path / "contract.json"
    path.write_text(json.dumps({"contract_version": "1.0.0", **sides, "cases": [case]}))

    (found,) = validate_document(os.fspath(path)).findings
    assert found["code"] == "ONX403"
    assert found["message"].endswith("does not have the form ^(a+)+$")


FOREIGN = {
    "(?=a)": "a look-ahead",
    "(?<!a)": "a look-behind",
    "(a)\\1": "a reference back",
    "(?P<n>a)": "a named group of Python",
    "(?>a)": "an atomic group",
    "(?i)a": "a flag inside the pattern",
    "a++": "a possessive quantifier",
    "\\Aa\\Z": "the escape '\\A'",
    "[[:alpha:]]": "a class of POSIX",
    "[\\w-z]": "a range from or to a set",
    "a{,3}": "a '{' that counts nothing",
    "\\pL": "a property",
    "(a": "a '(' that nothing closes",
    "[z-a]": "a range that ends before it begins",
}


@pytest.mark.parametrize("pattern", FOREIGN)
@pytest.mark.parametrize("place", ["pattern", "propertyNames", "patternProperties"])
def test_v3_a_pattern_that_engines_read_otherwise_is_refused_where_it_stands(
    pattern, place, tmp_path
):
    """`validate` names the construct, the line and the column, and no engine ever sees it."""
    held = {
        "pattern": {"pattern": pattern},
        "propertyNames": {"propertyNames": {"pattern": pattern}},
        "patternProperties": {"patternProperties": {pattern: {}}},
    }[place]
    path = contract(tmp_path, held)

    (found,) = validate_document(path).findings
    assert (found["code"], found["line"]) == ("ONX402", 1)
    assert FOREIGN[pattern] in found["message"]
    with open(path) as file:
        assert file.read()[found["column"] - 1 :].startswith(json.dumps(pattern))


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"$dynamicRef": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"not": {"$ref": "#"}},
        {"if": {"$ref": "#"}},
        {"dependentSchemas": {"a/b": {"$ref": "#"}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
        {"$ref": "#a", "$defs": {"a": {"$anchor": "a", "anyOf": [True, {"$ref": "#a"}]}}},
        {"$ref": "#/$defs/%61", "$defs": {"a": {"$ref": "#/$defs/a"}, "%61": True}},
        {"$ref": "#/$defs/x", "$dynamicRef": "#", "$defs": {"x": True}},
    ],
)
def test_v4_references_in_a_circle(schema):
    """A schema that judges the same value by itself again would never end, or always pass."""
    assert "goes in a circle" in refusals(schema)


@pytest.mark.parametrize(
    "reference",
    ["#/$defs/missing", "#missing", "#/", "#/required", "#/$defs", "#/properties/a/b", "#/x-own/a"],
)
def test_v4_reference_that_leads_nowhere(reference):
    """A reference means a schema of the document, and not just any part of it."""
    schema = {"$ref": reference, "required": ["a"], "$defs": {}, "x-own": {"a": {}}}

    assert "leads to no schema" in refusals(schema)


def doubling(keyword, levels, *, below):
    """Schemas of which each asks the next one twice, of the same value or of a member."""

    def step(target):
        twice = {keyword: [{"$ref": target}, {"minProperties": 0, "$ref": target}]}
        return {"properties": {"a": twice}} if below else twice

    defs = {f"d{i}": step(f"#/$defs/d{i + 1}") for i in range(levels)}
    return {"$ref": "#/$defs/d0", "$defs": {**defs, f"d{levels}": {"type": "string"}}}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
@pytest.mark.parametrize("below", [False, True], ids=["same value", "members"])
def test_v4_references_that_multiply(keyword, below):
    """2^25 checks are refused before the engine makes the first; 2^8 are nobody's harm."""
    assert "multiply" in refusals(doubling(keyword, 25, below=below))
    assert refusals(doubling(keyword, 8, below=below)) == ""


def test_v4_recursion_that_multiplies_is_judged():
    """A state 60 levels deep is refused at once, though the engine would tell why 2^60 times."""
    twice = [{"$ref": "#"}, {"minProperties": 0, "$ref": "#"}]
    schema = StateSchema({"type": ["object", "null"], "properties": {"a": {"allOf": twice}}})
    state = 1
    for _ in range(60):
        state = {"a": state}

    assert [problem.message for problem in schema.problems(state)] == [
        "a state 60 levels deep does not keep the contract, which is too intricate to tell why"
    ]
    assert schema.problems({"a": {"a": 1}})[0].pointer == "/a/a"


def test_v4_plain_recursion_is_explained_at_any_depth():
    """A tree whose members differ by name multiplies nothing, and its faults are told."""
    either = [
        {"type": "object", "required": ["and"], "properties": {"and": {"items": {"$ref": "#"}}}},
        {"type": "object", "required": ["not"], "properties": {"not": {"$ref": "#"}}},
        {"type": "string"},
    ]
    schema = StateSchema({"anyOf": either})
    state = 1
    for _ in range(60):
        state = {"not": state}

    assert [problem.keyword for problem in schema.problems(state)] == ["anyOf"]


def test_v4_deep_schema():
    """A schema nested ten thousand deep is counted without recursion."""
    schema = {}
    for _ in range(9_000):
        schema = {"not": schema}

    assert lint(schema) == []
    assert "holds more than 10000 schemas" in refusals({"allOf": [schema, schema]})


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_v5_thousands_of_alternatives(keyword):
    """A long choice is linted, compiled and judged in time."""
    schema = StateSchema({keyword: [{"const": number} for number in range(9_000)]})

    assert schema.is_valid(8_999)
    assert not schema.is_valid("x")
    assert len(schema.problems("x")) == 1


def test_v5_too_many_alternatives():
    """Beyond ten thousand schemas nothing is compiled."""
    assert "holds more than 10000 schemas" in refusals({"oneOf": [{}] * 20_000})


def test_v5_unique_items():
    """Twenty thousand items are compared in time, and the equal pair is named."""
    schema = StateSchema({"uniqueItems": True})

    assert schema.is_valid(list(range(20_000)))
    found = schema.problems([*range(20_000), 5])
    assert [(problem.pointer, problem.message) for problem in found] == [
        ("/20000", "the document holds 5 twice")
    ]


def test_v5_references_that_meet_thousands_of_times():
    """The counting of references is itself bounded."""
    defs = {
        f"d{i}": {"$ref": f"#/$defs/d{i + 1}", "properties": {f"p{i}": {}}} for i in range(4_000)
    }
    schema = {"$ref": "#/$defs/d0", "$defs": {**defs, "d4000": {}}}

    assert "multiply" in refusals(schema)


@pytest.mark.parametrize(
    ("schema", "hint"),
    [
        ({"requird": ["a"]}, "did you mean 'required'?"),
        ({"propertys": {}}, "did you mean 'properties'?"),
        ({"properties": {"a": {"typ": "string"}}}, "did you mean 'type'?"),
        ({"items": {"maxLenght": 3}}, "did you mean 'maxLength'?"),
        ({"definitions": {}}, "in this edition it is called '$defs'"),
        ({"zzz": 1}, "a keyword of your own begins with 'x-'"),
        ({"type": "strng"}, "did you mean 'string'?"),
        ({"type": ["string", "nul"]}, "did you mean 'null'?"),
        ({"format": "datetime"}, "did you mean 'date-time'?"),
        ({"format": "e-mail"}, "did you mean 'email'?"),
        ({"format": 3}, "formats are "),
    ],
)
def test_v6_misspelt_keyword_or_format(schema, hint):
    """What an engine would silently ignore is refused, with what was probably meant."""
    assert hint in refusals(schema)


@pytest.mark.parametrize(
    ("format_name", "good", "bad"),
    [
        ("date-time", "2026-01-31T12:00:00Z", "2026-02-31T12:00:00Z"),
        ("date", "2028-02-29", "2027-02-29"),
        ("email", "a@example.org", "a@"),
        ("ipv4", "127.0.0.1", "127.0.0.256"),
        ("uuid", "0f0e7b1c-5a54-5b0e-9d7c-3f1a1c2f8f11", "0f0e7b1c"),
        ("uri", "urn:a", "a b"),
        ("regex", "^a$", "(a"),
    ],
)
def test_v6_formats_are_checked(format_name, good, bad):
    """A format is a promise, not a note."""
    schema = StateSchema({"format": format_name})

    assert schema.is_valid(good)
    assert not schema.is_valid(bad)


@pytest.mark.parametrize("format_name", sorted(FORMATS))
def test_v6_every_format_of_the_edition_compiles(format_name):
    """The list of formats holds none that the engine does not know."""
    assert refusals({"format": format_name}) == ""


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "integer"}, [1, 1.0, -0.0, 10**400], [True, 1.5, "1"]),
        ({"type": "boolean"}, [True, False], [0, 1]),
        ({"const": 1}, [1, 1.0], [True, "1"]),
        ({"const": False}, [False], [0, 0.0, None]),
        ({"enum": [[0]]}, [[0], [0.0]], [[False]]),
        ({"uniqueItems": True}, [[1, True], [0, False, "0"]], [[1, 1.0]]),
        ({"type": "number", "multipleOf": 0.01}, [0.07, 19.99, 4.35], [0.075]),
        ({"maxLength": 1}, ["\U0001f600", "é"], ["ab"]),
        ({"minLength": 2}, ["\U0001f600a"], ["\U0001f600"]),
        ({"pattern": "^.$"}, ["\U0001f600"], ["\U0001f600\n"]),
    ],
)
def test_v7_kinds_of_numbers_and_lengths(schema, good, bad):
    """Booleans are no numbers, 1 is 1.0, and a character is a code point."""
    judge = StateSchema(schema)

    assert [value for value in good if not judge.is_valid(value)] == []
    assert [value for value in bad if judge.is_valid(value)] == []


@pytest.mark.parametrize(
    "key", ["customTypePath", "customBasePath", "x-python-type", "x-python-import"]
)
@pytest.mark.parametrize(
    "place",
    [
        lambda inner: inner,
        lambda inner: {"properties": {"a": inner}},
        lambda inner: {"items": inner},
        lambda inner: {"$defs": {"a": {"anyOf": [True, inner]}}},
        lambda inner: {"patternProperties": {"a": {"not": inner}}},
    ],
    ids=["root", "property", "item", "definition", "pattern"],
)
def test_v8_key_that_imports_code(key, place):
    """A key that makes a generator import what it names is refused wherever it stands."""
    (problem,) = lint(place({key: "os.system"}))

    assert problem.keyword == "injection"
    assert problem.key
    assert problem.pointer.endswith(f"/{key}")


@pytest.mark.parametrize("name", ["customTypePath", "x-python-type", "model_config", "class"])
def test_v8_property_of_such_a_name(name):
    """As the name of a property it is data, and harms nobody."""
    assert refusals({"properties": {name: {"type": "string"}}, "required": [name]}) == ""


@pytest.mark.parametrize("name", ["__class__", "__init__", "__proto__"])
def test_v8_property_that_python_keeps(name):
    """A name that changes what a Python object is, is refused."""
    assert "Python keeps for itself" in refusals({"properties": {name: {}}})


@pytest.mark.parametrize(
    "schema",
    [
        {
            "$defs": {f"a{n}": {} for n in range(4000)},
            "properties": {f"p{n}": {"$ref": f"#/$defs/b{n}"} for n in range(4000)},
        },
        {"properties": {f"p{n}": {"tpye": "string", "proprties": {}} for n in range(4900)}},
        {"properties": {f"p{n}": {"format": "date-tme"} for n in range(9000)}},
    ],
    ids=["references", "keywords", "formats"],
)
def test_v6_thousands_of_slips_are_told_by_some(schema):
    """What was meant is looked for, and that takes a millisecond a word."""
    assert len(lint(schema)) == MOST


@pytest.mark.parametrize(
    "dialect",
    [
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-04/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema#",
        "https://example.org/my-dialect",
        "",
        3,
        None,
    ],
)
def test_v9_other_dialect(dialect):
    """One dialect is read, by its exact name."""
    assert "the dialect is" in refusals({"$schema": dialect})
    assert "the dialect is" in refusals({"properties": {"a": {"$schema": dialect}}})


def test_v9_the_dialect_itself():
    """Naming the dialect that is read changes nothing."""
    assert refusals({"$schema": "https://json-schema.org/draft/2020-12/schema"}) == ""
