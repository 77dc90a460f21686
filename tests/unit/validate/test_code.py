"""What is read from a Python file without running it, hostile files included."""

import os
import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.schema import MOST
from onex.core.workspace import Workspace
from onex.validate import code as code_module
from onex.validate.code import MOST_BYTES, Code, Parameter, of, read
from onex.validate.engine import validate
from onex.validate.rules import signature

KINDS = [
    ("def run(): 0", "function"),
    ("async def run(): 0", "async"),
    ("def run(): yield 1", "generator"),
    ("def run():\n for x in y:\n  z = yield", "generator"),
    ("def run():\n def inner(): yield\n return (x for x in y)", "function"),
    ("def run(): return lambda: (yield)", "function"),
    ("class run: 0", "class"),
    ("class run(Base): 0", "other"),
    ("run = 3", "value"),
    ("run = make()", "other"),
    ("run: int = 3", "other"),
    ("@wrapped\ndef run(): 0", "other"),
    ("import run", "other"),
    ("from a import b as run", "other"),
    ("import run.inner", "other"),
    ("with a as (b, run): 0", "other"),
    ("for run in a: 0", "other"),
    ("try: a\nexcept E as run: 0", "other"),
    ("match a:\n case [*run]: 0", "other"),
    ("if a:\n def run(): 0", "function"),
    ("if a:\n def run(): 0\nelse:\n run = 1", "other"),
    ("def run(): 0\ndel run", "other"),
    ("def other():\n def run(): 0", None),
    ("a.run = 1", None),
    ("", None),
]


def code(source: str | bytes, name: str = "run") -> Code:
    """What ``source`` binds to ``name``."""
    return read("node.py", source if isinstance(source, bytes) else source.encode(), name)


@pytest.mark.parametrize(("source", "kind"), KINDS)
def test_what_a_name_is_bound_to(source, kind):
    """Each way to bind a name is seen; what two statements bind cannot be told."""
    found = code(source)

    assert found.fault is None
    assert (found.function.kind if found.function else None) == kind
    assert not found.is_open


@pytest.mark.parametrize(
    "source",
    [
        "from a import *",
        "globals()['run'] = 1",
        "def __getattr__(name): 0",
        "def make():\n global run\n run = 1",
        "exec('run = 1')",
        "(run := make())",
        "vars()['run'] = 1",
    ],
)
def test_names_that_cannot_be_seen(source):
    """Where a name may come from elsewhere, nothing is claimed."""
    assert code(source).is_open


def test_parameters_with_their_places():
    """Names, places in characters, and defaults that JSON has; what takes more is told."""
    found = code('é = 1\ndef run(a, /, ä, b=(1,), *rest, c="é", d=None, e, **more): 0')
    parameter = found.function.parameters

    assert found.function.takes_more
    assert parameter == (
        Parameter(name="a", at=(2, 9), by_name=False, optional=False),
        Parameter(name="ä", at=(2, 15), by_name=True, optional=False),
        Parameter(name="b", at=(2, 18), by_name=True, optional=True),
        Parameter(name="c", at=(2, 33), by_name=True, optional=True, default=("é",)),
        Parameter(name="d", at=(2, 40), by_name=True, optional=True, default=(None,)),
        Parameter(name="e", at=(2, 48), by_name=True, optional=False),
    )


@pytest.mark.parametrize(
    ("source", "at"),
    [
        ("def run(:\n", (1, 9)),
        ("x = 1\n\n  y = 2\n", (3, 1)),
        ("x = 'ä' +\n", (1, 10)),
        ("\0", (1, 1)),
        (b"x = '\xff'\n", (1, 1)),
        ("# coding: no-such-thing\n", (1, 1)),
        ("# coding: rot13\n", (1, 1)),
        ("# coding: undefined\n", (1, 1)),
        ("x = " + "9" * 5_000, (1, 5)),
    ],
)
def test_file_that_does_not_parse(source, at):
    """One row says why, and where the parser stopped."""
    found = code(source)

    assert found.fault
    assert found.fault.isprintable()
    assert found.at[0] == at[0]
    assert found.function is None


def test_other_encoding_is_read_as_python_reads_it():
    """A file that names its encoding parses, though its lines cannot be shown."""
    found = code("# coding: latin-1\ndef run(x='é'): 0\n".encode("latin-1"))

    assert (found.fault, found.function.kind, found.place) == (None, "function", "node.py")


SIZE = MOST_BYTES

HOSTILE = {
    "parentheses": "(" * SIZE,
    "minus": "-" * SIZE + "1",
    "not": "not " * (SIZE // 4) + "1",
    "lambda": "lambda:" * (SIZE // 7) + "1",
    "attributes": "a" + ".a" * (SIZE // 2 - 1),
    "sum": "1" + "+1" * (SIZE // 2 - 1),
    "calls": "a" + "()" * (SIZE // 2 - 1),
    "branches": "if a: b\n" + "elif a: b\n" * (SIZE // 10 - 1),
    "subscripts": "a" + "[0]" * (SIZE // 3 - 1),
    "choices": "a if b else " * (SIZE // 12) + "c",
    "decorators": "@a\n" * (SIZE // 3 - 4) + "def run():0",
    "statements": "a;" * (SIZE // 2),
    "items": "a," * (SIZE // 2),
    "f-strings": "f'{" * (SIZE // 3),
    "nul": "\0" * SIZE,
    "definitions": "def run():0\n" * (SIZE // 12),
    "parameters": "def run(" + ",".join(f"a{index}" for index in range(SIZE // 8)) + "):0",
}
"""Files as large as may be, of what is hard on parsers and on walks over trees."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_read_in_time(name):
    """No file kills, stops or occupies the process; what is too deep is said to be."""
    start = time.process_time()

    found = code(HOSTILE[name][:SIZE])

    assert isinstance(found, Code)
    assert time.process_time() - start < 4


class Stand:
    """As much of a node as is asked for."""

    def __init__(self, folder, target):
        self.folder = str(folder)
        self.value = {"entrypoint": {"type": "python", "target": target}}


def test_file_of_a_megabyte_is_not_parsed(tmp_path):
    """A file that is too large is told, and not read."""
    (tmp_path / "node.py").write_bytes(b"a;" * (1 << 19))

    found = of(Stand(tmp_path, "node.py:run"), ["node.py"], {})

    assert found.fault == "the file has 1048576 bytes; code of more than 262144 is not checked"


def test_file_of_the_greatest_size_is_parsed(tmp_path):
    """The limit itself is allowed."""
    (tmp_path / "node.py").write_bytes(b"def run(): 0".ljust(MOST_BYTES, b"\n"))

    assert of(Stand(tmp_path, "node.py:run"), ["node.py"], {}).function.kind == "function"


@pytest.mark.parametrize(
    "target", ["", "node.py", "node.py:", "node.py:a b", "../x.py:run", "x.py:run"]
)
def test_target_of_another_form_is_left_to_its_rule(target, tmp_path):
    """What names no function in a file of the node is told by ONX602."""
    (tmp_path / "node.py").touch()

    assert of(Stand(tmp_path, target), ["node.py"], {}) is None


def test_file_that_is_gone_meanwhile(tmp_path):
    """A file that cannot be read is told by the rules about files."""
    assert of(Stand(tmp_path, "node.py:run"), ["node.py"], {}) is None


@given(st.text(alphabet="defrun ():=,*/@\n\tasyncyield'\"#é\\0{}", max_size=60))
def test_any_text_is_read(text):
    """Whatever a file holds, it is parsed or it is said why not."""
    found = code(text)

    assert found.fault is None or found.function is None


def test_node_that_is_not_in_python_costs_no_parser(workspace, monkeypatch):
    """Where there is no Python target, nothing is read, let alone parsed; else it is, once."""
    asked = []
    monkeypatch.setattr(
        code_module, "read", lambda *given: asked.append(given) or Code(path="", data=b"")
    )
    path = workspace / "demo/text/clean/node.onex"

    validate(Workspace(os.fspath(workspace)))
    assert len(asked) == 1

    path.write_text(path.read_text().replace("type: python", "type: noop"))
    validate(Workspace(os.fspath(workspace)))
    assert len(asked) == 1


def test_i3_the_lines_of_a_file_are_parted_once():
    """A file with thousands of findings would be parted into lines for each of them."""
    code = read("node.py", b"def run():\n    return {}\n", "run")

    assert code.place is code.place


def test_i3_a_signature_of_thousands_of_slips_is_told_by_some():
    """Each name is compared with all others to find what was meant."""
    names = ", ".join(f"parameter_{n}" for n in range(200))
    code = read("node.py", f"def run({names}): ...".encode(), "run")
    schema = {"properties": {f"paramete_{n}": {} for n in range(200)}}
    side = SimpleNamespace(schema=schema)

    found = list(signature.check(SimpleNamespace(code=code, sides={"input": side}, node_id="a.b")))

    assert len(found) == MOST
