"""What is generated is what the schemas ask for, byte for byte, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256

import pytest
from tools.codegen.__main__ import ROOT, main
from tools.codegen.bundle import bundle
from tools.codegen.sources import read, titles


@pytest.fixture
def checkout(tmp_path):
    """A copy of the schemas and of what is generated from them."""
    for folder in ("schemas", "generated"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(os.path.join(ROOT, folder), tmp_path / folder, ignore=ignore)
    return tmp_path


def check(root, capsys):
    """The exit status of the check, and the files that it names."""
    status = main(["--check", "--root", str(root)])
    advice = " is not what schemas/ asks for; run `make generate` and commit it"
    return status, [line.removesuffix(advice) for line in capsys.readouterr().out.splitlines()]


def content(folder):
    """Every file below ``folder`` with its bytes."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_t7_what_is_committed_is_fresh(checkout, capsys):
    """A generated file that nobody regenerated is a second truth."""
    assert check(checkout, capsys) == (0, [])


# ONEX-M1-13, T7
def test_t7_a_changed_schema_without_its_recorded_digest_is_refused(checkout, capsys):
    """One changed word of a schema is named by everything that depends on it."""
    schema = checkout / "schemas" / "tree.schema.json"
    schema.write_text(schema.read_text().replace("one a line", "one per line"))

    assert check(checkout, capsys) == (
        1,
        [
            "generated/onex_models/tree.py",
            "generated/onex_types/tree.py",
            "generated/schemas/tree.json",
            "schemas/README.md",
            "schemas/SHA256SUMS",
        ],
    )


def test_t7_a_changed_layout_of_a_schema_is_refused_too(checkout, capsys):
    """The record is of bytes: even a space is a change that somebody must commit to."""
    schema = checkout / "schemas" / "tree.schema.json"
    schema.write_text(schema.read_text() + "\n")

    assert check(checkout, capsys) == (1, ["schemas/SHA256SUMS"])


def test_t7_an_edited_a_missing_and_a_leftover_file_are_named(checkout, capsys):
    """Whatever differs below generated/ is stale: changed, gone, or of a schema that is gone."""
    types = checkout / "generated" / "onex_types"
    (types / "tree.py").write_text("# by hand\n")
    (types / "config.py").unlink()
    (types / "gone.py").write_text("")

    names = ["config", "gone", "tree"]
    assert check(checkout, capsys) == (1, [f"generated/onex_types/{name}.py" for name in names])


def test_generating_mends_what_the_check_names(checkout, capsys):
    """The command that a message names does what the message promises."""
    before = content(checkout)
    types = checkout / "generated" / "onex_types"
    (types / "tree.py").write_text("# by hand\n")
    (types / "gone.py").write_text("")

    assert main(["--root", str(checkout)]) == 0
    assert "wrote generated/onex_types/tree.py" in capsys.readouterr().out
    assert content(checkout) == before


def test_generating_is_deterministic(checkout):
    """No order of a set, no time, no place of a machine gets into a file."""
    before = content(checkout)
    shutil.rmtree(checkout / "generated")
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    command = [sys.executable, "-m", "tools.codegen", "--root", str(checkout)]

    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)

    assert content(checkout) == before
    text = b"".join(before.values()).decode()
    assert [
        path for path in (ROOT, tempfile.gettempdir(), os.path.expanduser("~")) if path in text
    ] == []
    assert re.search(r"#\s+timestamp: |20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+", text) is None


def test_the_record_is_what_sha256sum_reads(checkout):
    """Anybody can check the record without onex."""
    folder = checkout / "schemas"
    schemas = sorted([*folder.glob("*.json"), *folder.glob("*.yaml")])

    wanted = [f"{sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in schemas]

    assert (folder / "SHA256SUMS").read_text() == "\n".join([*wanted, ""])


@pytest.mark.parametrize(
    ("schemas", "told"),
    [
        ({"a": {"$ref": "urn:onex:schema:b:1"}}, "no schema is called b#/$defs/"),
        ({"a": {"$ref": "#/$defs/x"}}, "no schema is called a#/$defs/x"),
        ({"a": {"$ref": "#"}}, "a refers to the whole of itself"),
    ],
    ids=["schema", "definition", "itself"],
)
def test_a_reference_that_cannot_be_bundled_is_refused(schemas, told):
    """A bundle that needs another file would be found out by a user."""
    with pytest.raises(ValueError, match=re.escape(told)):
        bundle("a", schemas)


def test_definitions_that_refer_to_each_other_are_bundled():
    """A tree of values is a schema that comes back to itself."""
    item = {"anyOf": [{"$ref": "#/$defs/item"}, {"$ref": "urn:onex:schema:a:1#/$defs/own"}]}
    schemas = {
        "a": {"$ref": "urn:onex:schema:b:1#/$defs/item", "$defs": {"own": {"type": "null"}}},
        "b": {"$defs": {"item": item}},
    }

    assert bundle("a", schemas) == {
        "$ref": "#/$defs/b.item",
        "$defs": {
            "own": {"type": "null"},
            "b.item": {"anyOf": [{"$ref": "#/$defs/b.item"}, {"$ref": "#/$defs/own"}]},
        },
    }


def test_two_objects_of_one_title_are_refused():
    """A title is the name of a class, and by it a model finds its schema."""
    schema = {"title": "Twin", "type": "object"}

    with pytest.raises(ValueError, match="the title Twin stands in b# and in"):
        titles({"a": schema, "b": schema})


def test_a_schema_under_another_name_is_refused(tmp_path):
    """A copied file that kept its identifier would answer for the other."""
    (tmp_path / "b.schema.json").write_text('{"$id": "urn:onex:schema:a:1"}')

    with pytest.raises(ValueError, match=re.escape("b: expected $id urn:onex:schema:b:1, found")):
        read(str(tmp_path))
