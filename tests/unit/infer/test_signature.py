"""A Python function, as the contract that it says it has."""

import textwrap

import pytest

from onex.errors import DocumentError
from onex.infer import signature, source

HEAD = """\
from __future__ import annotations

import datetime
import enum
import typing as t
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, Optional, TypedDict, Union

LIMIT = 7
Text = str


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Row(TypedDict):
    name: str
    count: NotRequired[int]


@dataclass
class Options:
    level: int
    rate: float = 0.5


class Tree(TypedDict):
    left: Tree


class Opaque:
    pass


"""


def propose(text, name="f"):
    """The proposal for the function ``name`` of a file that holds ``text`` behind ``HEAD``."""
    data = (HEAD + textwrap.dedent(text)).encode()
    return signature.read(source.read("code.py", data), name)


def open_words(proposal):
    """The messages of what is undecided."""
    return [remark.message for remark in proposal.undecided]


ANNOTATIONS = {
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "str": {"type": "string"},
    "bool": {"type": "boolean"},
    "None": {"type": "null"},
    "'str'": {"type": "string"},
    "Text": {"type": "string"},
    "Any": {},
    "list": {"type": "array"},
    "list[int]": {"type": "array", "items": {"type": "integer"}},
    "t.List[str]": {"type": "array", "items": {"type": "string"}},
    "tuple[int, ...]": {"type": "array", "items": {"type": "integer"}},
    "tuple[int, str]": {
        "type": "array",
        "prefixItems": [{"type": "integer"}, {"type": "string"}],
        "minItems": 2,
        "maxItems": 2,
    },
    "dict": {"type": "object"},
    "dict[str, int]": {"type": "object", "additionalProperties": {"type": "integer"}},
    "Optional[int]": {"type": ["integer", "null"]},
    "int | None": {"type": ["integer", "null"]},
    "Union[int, str, int]": {"type": ["integer", "string"]},
    "Union[list[int], None]": {
        "anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "null"}]
    },
    "Literal['a', 1]": {"enum": ["a", 1]},
    "Literal['a'] | None": {"enum": ["a", None]},
    "Annotated[int, 'how many']": {"type": "integer", "description": "how many"},
    "Row": {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "count": {"type": "integer"}},
    },
    "int | Any": {},
    " | ".join(["int", "str"] * 20): {"type": ["integer", "string"]},
}


@pytest.mark.parametrize(("annotation", "schema"), ANNOTATIONS.items(), ids=ANNOTATIONS)
def test_an_annotation_has_this_schema(annotation, schema):
    """What JSON has a word for is said, and nothing is open."""
    proposal = propose(f"def f(x: {annotation}) -> dict: ...")

    assert proposal.input["properties"] == {"x": schema}
    assert open_words(proposal) == []


TOLD = {
    "Color": (
        {"enum": ["red", "blue"]},
        "'x' is of type Color in the code, and its value in the state",
    ),
    "Options": (
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["level"],
            "properties": {
                "level": {"type": "integer"},
                "rate": {"type": "number", "default": 0.5},
            },
        },
        "'x' is of type Options in the code, and a plain object in the state",
    ),
    "Path": ({"type": "string"}, "'x' is of type Path in the code, and a text in the state"),
    "datetime.date": (
        {"type": "string", "format": "date"},
        "'x' is of type date in the code, and a text in the state",
    ),
    "set[int]": (
        {"type": "array", "items": {"type": "integer"}, "uniqueItems": True},
        "'x' is of type set in the code, and a list in the state",
    ),
    "bytes": ({}, "'x': the type bytes is a type that this file does not define"),
    "Opaque": ({}, "'x': the type Opaque is a class that says nothing of its fields"),
    "dict[int, str]": (
        {"type": "object"},
        "'x': the type dict[int, str] has keys that are no texts",
    ),
    "Literal[b'a']": ({}, "'x': the type Literal[b'a'] lists values that JSON does not have"),
    "'1 +'": ({}, "'x': the type '1 +' is no type that can be read"),
    "list[" * 20 + "int" + "]" * 20: (None, None),
}


@pytest.mark.parametrize(("annotation", "told"), TOLD.items(), ids=TOLD)
def test_what_json_has_no_word_for_is_named(annotation, told):
    """Never guessed: the schema says what is sure, and a remark the rest."""
    proposal = propose(f"def f(x: {annotation}) -> dict: ...")
    schema, message = told

    if schema is None:
        assert "lies too deep" in open_words(proposal)[0]
    else:
        assert (proposal.input["properties"]["x"], open_words(proposal)) == (schema, [message])


def test_classes_of_classes_end():
    """Eight levels of thirty fields each would be 30**8 types."""
    levels = "".join(
        f"class L{level}(TypedDict):\n"
        + "".join(f"    f{field}: L{level + 1}\n" for field in range(30))
        for level in range(8)
    )
    proposal = propose(f"{levels}def f(a: L0): ...")

    assert sum("is one too many" in words for words in open_words(proposal)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"def f(a: int = 0x{'9' * 5000}) -> None: ...", "the default of 'a' is …, which"),
        (r'def f(a: str = "\ud800") -> None: ...', r"the default of 'a' is '\ud800', which"),
        (r'def f(a: dict = {"\ud800": 1}) -> None: ...', "the default of 'a' is {"),
    ],
    ids=["an integer without end", "half a character", "half a character as a key"],
)
def test_i10_a_default_that_no_contract_can_hold_is_named(text, told):
    """It is left out, and said; nothing ends in a fault, or in a file that nobody can read."""
    proposal = propose(text)

    assert "default" not in proposal.inputs[0].schema
    assert [words for words in open_words(proposal) if words.startswith(told)]


def test_i8_half_a_character_of_a_docstring_is_shown_as_an_escape():
    """Such a text is Python, but nothing that a file could hold."""
    proposal = propose(
        r'''
        def f(a: str):
            """One \ud800.

            Args:
                a: Two \udfff.
            """
        '''
    )

    assert proposal.description == r"One \ud800."
    assert proposal.inputs[0].schema["description"] == r"Two \udfff."


def test_a_long_name_fits_into_the_name_of_a_case():
    """The name of a case has at most 200 characters."""
    proposal = propose(f"def f({'a' * 500}): ...")

    assert len(proposal.cases[0]["name"]) < 200


def test_a_type_that_holds_itself_ends():
    """A record of itself is an object, and it is said."""
    proposal = propose("def f(x: Tree) -> dict: ...")

    assert proposal.input["properties"]["x"]["properties"] == {"left": {"type": "object"}}
    assert open_words(proposal) == ["left of 'x': the type Tree refers to itself"]


DEFAULTS = {
    "x: int = 5": ({"type": "integer", "default": 5}, []),
    "x: int = -5": ({"type": "integer", "default": -5}, []),
    "x: int = LIMIT": ({"type": "integer", "default": 7}, []),
    "x: str = None": ({"type": ["string", "null"], "default": None}, []),
    "x: list[str] = ()": ({"type": "array", "items": {"type": "string"}, "default": []}, []),
    "x=True": ({"type": "boolean", "default": True}, ["'x' has no type; its default is True"]),
    "x": ({}, ["'x' has no type"]),
    "x: float = float('inf')": (
        {"type": "number"},
        ["the default of 'x' is float('inf'), which no contract can hold"],
    ),
    "x: float = 1e999": (
        {"type": "number"},
        ["the default of 'x' is 1e309, which no contract can hold"],
    ),
    "x: int = 99999999999999999999": (
        {"type": "integer"},
        ["the default of 'x' is 99999999999999999999, which no contract can hold"],
    ),
}


@pytest.mark.parametrize(("parameter", "told"), DEFAULTS.items(), ids=DEFAULTS)
def test_a_default_makes_a_property_optional(parameter, told):
    """A plain one stands in the contract; another one stays the code's."""
    proposal = propose(f"def f({parameter}) -> dict: ...")

    assert (proposal.input["properties"]["x"], open_words(proposal)) == told
    assert [each.name for each in proposal.inputs if each.is_required] == ["x"] * (
        "=" not in parameter
    )


SHAPES = {
    "*args: int": ["'*args' takes what has no name; a node never gives it any"],
    "**more: int": ["'**more' takes any name, so the contract is open"],
    "a: int, /": ["'a' can only be given by its position, but a state is given by names"],
    "*, a: int": [],
}


@pytest.mark.parametrize(("parameters", "told"), SHAPES.items(), ids=SHAPES)
def test_a_form_that_a_node_has_no_use_for_is_named(parameters, told):
    """A state is given by names, and nothing else."""
    proposal = propose(f"def f({parameters}) -> dict: ...")

    assert open_words(proposal) == told
    assert proposal.input["additionalProperties"] is ("**" in parameters)


OUTPUTS = {
    "def f() -> Row: ...": (False, ANNOTATIONS["Row"]),
    "def f() -> dict: ...": (False, {"type": "object"}),
    "def f() -> tuple[dict, dict]: ...": (False, {"type": "object"}),
    "def f() -> str: ...": (True, {"type": "string"}),
    "def f(): pass": (True, {"type": "null"}),
    "async def f() -> str: ...": (True, {"type": "string"}),
    "def f() -> t.Iterator[int]:\n    yield 1": (
        True,
        {"type": "array", "items": {"type": "integer"}},
    ),
    "def f(a: int):\n    if a:\n        return {'n': 1, 'm': 'x'}\n    return {'n': len('a')}": (
        False,
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["n"],
            "properties": {"n": {"type": "integer"}, "m": {"type": "string"}},
        },
    ),
    "def f() -> dict[str, str]:\n    return {'text': str(1)}": (
        False,
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["text"],
            "properties": {"text": {"type": "string"}},
        },
    ),
}


@pytest.mark.parametrize(("text", "told"), OUTPUTS.items(), ids=OUTPUTS)
def test_what_a_function_gives(text, told):
    """An object is the state; anything else becomes the property `result` of one."""
    proposal = propose(text)
    is_wrapped, schema = told

    wrapped = {
        "type": "object",
        "additionalProperties": False,
        "required": ["result"],
        "properties": {"result": schema},
    }
    assert proposal.is_wrapped is is_wrapped
    assert proposal.output == (wrapped if is_wrapped else schema)


WRAPPED = {
    "def f(a: int) -> str: ...": 'return {"result": f(**state)}',
    "async def f(a: int) -> str: ...": 'return {"result": asyncio.run(f(**state))}',
    "def f(a: int) -> t.Iterator[str]:\n    yield ''": 'return {"result": list(f(**state))}',
}


@pytest.mark.parametrize(("text", "line"), WRAPPED.items(), ids=WRAPPED)
def test_a_wrapper_is_read_as_what_it_wraps(text, line):
    """What was added to make a node of a function does not hide the function."""
    found = source.read("code.py", (HEAD + text).encode())
    name, added = signature.wrapper(found, "f")

    assert (name, line in added) == ("run", True)
    through, direct = propose(text + added, "run"), propose(text)
    assert (through.input, through.output) == (direct.input, direct.output)


REFUSED = {
    "g": ("defines no function g", "it defines f"),
    "ff": ("defines no function ff", "it defines f"),
    "Opaque": (
        "Opaque is a class; a node is made of a function",
        "name a function that makes one and returns an object",
    ),
}


@pytest.mark.parametrize(("name", "told"), REFUSED.items(), ids=REFUSED)
def test_what_is_no_function_is_refused(name, told):
    """The file, what was expected, and what there is."""
    with pytest.raises(DocumentError) as refused:
        propose("def f(): ...", name)
    assert (refused.value.problem, refused.value.help) == told


DOCSTRINGS = {
    "google": """
        Clean a text.

        Args:
            text (str): The text
                that is cleaned.
            limit (int, optional): How much.

        Returns:
            str: The clean text.
        """,
    "numpy": """
        Clean a text.

        Parameters
        ----------
        text : str
            The text
            that is cleaned.
        limit : int, optional
            How much.

        Returns
        -------
        str
            The clean text.
        """,
    "sphinx": """
        Clean a text.

        :param text: The text
            that is cleaned.
        :type text: str
        :param int limit: How much.
        :returns: The clean text.
        :rtype: str
        """,
}


@pytest.mark.parametrize("style", DOCSTRINGS)
def test_a_docstring_says_what_things_are(style):
    """Google's, NumPy's and Sphinx' style say the same."""
    proposal = propose(f'def f(text, limit=3):\n    """{DOCSTRINGS[style]}"""\n    return text')

    assert proposal.description == "Clean a text."
    assert proposal.input["properties"] == {
        "text": {"type": "string", "description": "The text that is cleaned."},
        "limit": {"type": "integer", "description": "How much.", "default": 3},
    }
    assert proposal.output["properties"] == {
        "result": {"type": "string", "description": "The clean text."}
    }
    assert open_words(proposal) == []


def test_an_example_of_the_docstring_is_a_case():
    """Only an example that the contract bears out, and that can be read without running it."""
    proposal = propose(
        '''
        def f(text: str, limit: int = 3) -> str:
            """Clean.

            >>> f(" a ", limit=1)
            'a'
            >>> f(1)
            'no text'
            >>> f(open("x"))
            'nothing to read'
            """
        '''
    )

    assert proposal.cases == (
        {
            "name": "example 1 of the docstring",
            "input": {"text": " a ", "limit": 1},
            "output": {"result": "a"},
        },
        {"name": "refuses an input without text", "input": {}, "error": "input-contract"},
    )


def test_effects_are_proposals_with_their_lines():
    """What is imported, opened and asked for; sure only where the code does not work without it."""
    text = (
        "import os\nimport random\nimport requests\nimport urllib.parse\n"
        "def f(x: int) -> dict:\n"
        "    os.environ['TOKEN'], os.environ.get('LEVEL'), os.environ['HOME']\n"
        "    open('/var/log/x.txt', 'w'), open('x'), open('y', mode='a'), random.random()\n"
    )
    proposal = signature.read(source.read("code.py", text.encode()), "f")

    found = [(e.at[0], e.member, e.value, e.why, e.is_sure) for e in proposal.effects]
    assert found == [
        (3, "network", True, "imports requests", False),
        (6, "required_env", "TOKEN", "reads TOKEN", True),
        (6, "required_env", "LEVEL", "reads LEVEL, and does without it", False),
        (7, "writes", "/var/log", "opens a file to write it", False),
        (7, "writes", "", "opens a file to write it", False),
        (7, "deterministic", False, "calls random.random", False),
    ]


def test_a_module_beside_the_file_does_not_come_along(tmp_path):
    """What is imported from the same folder is named; what Python or a package brings is not."""
    (tmp_path / "helpers.py").write_text("")
    (tmp_path / "json.py").write_text("")
    (tmp_path / "code.py").write_text(
        "import json\nimport helpers\nfrom . import near\ndef f(): ...\n"
    )
    proposal = signature.read(source.read(str(tmp_path / "code.py")), "f")

    assert [(remark.at[0], remark.message) for remark in proposal.undecided] == [
        (2, "imports helpers, which lies beside it and does not come along"),
        (3, "imports .near, which lies beside it and does not come along"),
    ]
