"""The settings of validation: read where they may stand, changed by the command line, told by origin."""

import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core import config
from onex.core.workspace import Workspace
from onex.errors import OnexError
from onex.validate.select import EVERY
from onex.validate.settings import choose

TABLE = """\
owner = "a"

[validate]
select = ["ONX1", "lock-stale"]
ignore = ["todo"]
fail_on = "warning"

[validate.per_path]
"demo/old/**" = {ignore = ["ONX107"]}
"""
ONE = {code for code in EVERY if code.startswith("ONX1")}


@pytest.fixture
def place(tmp_path):
    """Write settings, and get the workspace that they are of."""

    def write(text, name="onex.toml"):
        (tmp_path / name).write_text(text)
        return Workspace(os.fspath(tmp_path))

    return write


def test_settings_are_read(place):
    """All of them, in one table."""
    choice = choose(place(TABLE))

    assert choice.codes == (ONE | {"ONX202"}) - {"ONX109"}
    assert choice.per_path == (("demo/old/**", frozenset({"ONX107"})),)
    assert choice.fail_on == "warning"


def test_pyproject_is_read_where_there_is_no_onex_toml(place):
    """The same table, under `tool.onex`."""
    workspace = place("[tool.onex.validate]\nignore = ['ONX1']\n", "pyproject.toml")

    assert choose(workspace).codes == EVERY - ONE


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"select": ["ONX2"]}, {"ONX201", "ONX202", "ONX203", "ONX206"}),
        (
            {"ignore": ["ONX11"]},
            {code for code in ONE | {"ONX202"} if code < "ONX110" or code > "ONX119"},
        ),
        ({"select": ["todo, owner", "version"], "ignore": ["owner"]}, {"ONX106", "ONX109"}),
        ({"fail_on": "never"}, (ONE | {"ONX202"}) - {"ONX109"}),
    ],
    ids=["select", "ignore", "both", "fail-on"],
)
def test_the_command_line_takes_the_place_of_settings(place, given, codes):
    """Each by itself: what is not given stays as it was set."""
    choice = choose(place(TABLE), **given)

    assert choice.codes == codes
    assert choice.fail_on == given.get("fail_on", "warning")


def test_without_a_workspace():
    """A file that stands by itself has no settings."""
    assert choose(None).codes == EVERY
    assert choose(None, select=["todo"]).codes == {"ONX109"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '[validate]\nselect = ["ONX190"]\n',
            "onex.toml: validate.select: there is no rule 'ONX190'",
        ),
        ('[validate]\nignore = ["nope"]\n', "onex.toml: validate.ignore: there is no rule 'nope'"),
        (
            '[validate.per_path."a/*"]\nignore = ["nope"]\n',
            "onex.toml: validate.per_path.\"a/*\".ignore: there is no rule 'nope'",
        ),
        ('[validate]\nignore = ["ONX"]\n', "no rule is left to look for"),
        ('[validate]\nfail_on = "warnings"\n', "onex.toml:1:1: fail_on 'warnings' is not one of"),
        ("[validat]\n", "onex.toml:1:1: unknown key 'validat'"),
        ("[validate]\nselect = []\n", "onex.toml:1:1: select"),
        ("[validate\n", "onex.toml:1:10: is not TOML"),
    ],
)
def test_bad_setting(place, text, problem):
    """What is wrong is said with the file and the setting."""
    with pytest.raises(OnexError) as caught:
        choose(place(text))

    assert problem in caught.value.message


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("", False),
        ('owner = "a"', False),
        ('owner = "a"\nedition = "2026"\n', False),
        ('# validate\nowner = "a" \r\n\n[ci]\npolicy = "x"\n# validate\n', False),
        ("[validate]", True),
        ("validate.fail_on = 'never'", True),
        ('"\\u0076alidate".fail_on = "never"', True),
        ('owner = """\n"""\n[validate]', True),
        ('owner = "\\""', True),
        ("[ci]\n[validate]", True),
        ("[ci] # validate\nfail_on = 1", True),
        ("[vlidate]", True),
        ('validate = "a"', True),
        ("\ufeff[validate]", True),
    ],
)
def test_plain_settings_are_known_by_their_looks(place, text, may):
    """Only what cannot hold the table is spared the parser."""
    assert config.may_hold(place(text).root, "validate") is may


@given(
    st.lists(
        st.sampled_from(
            [
                "owner",
                "edition",
                "2026",
                "2027",
                "=",
                '"',
                "'",
                "a",
                "\n",
                "[ci]",
                "[",
                "#",
                " ",
                "\\",
                "validate",
                "]",
                ".",
            ]
        )
    ).map("".join)
)
def test_what_is_spared_the_parser_holds_nothing(tmp_path_factory, text):
    """Whatever stands in the file: when it is taken for plain, it has no table `validate`."""
    root = os.fspath(tmp_path_factory.getbasetemp())
    with open(os.path.join(root, config.FILE_NAME), "w", encoding="utf-8") as file:
        file.write(text)
    if not config.may_hold(root, "validate"):
        with suppress(OnexError):
            assert "validate" not in config.read(root)
    with suppress(OnexError):
        assert config.edition(root) == config.read(root).get("edition", config.FIRST)
