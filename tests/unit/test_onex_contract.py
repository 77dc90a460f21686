"""The contract base: where schemas lie, what validators are made of them, what models give back."""

import json
import os
import re
import shutil
import subprocess
import sys

import jsonschema_rs
import pytest
from pydantic import ValidationError

from onex_contract import files, registry
from onex_models.fact import Fact, RunFinished
from onex_models.onex_node import CommandOutput, Limits, OnexNode
from onex_models.tree import Tree

FINISHED = {"v": "1.0", "kind": "run_finished", "at_us": 1, "outcome": "success", "duration_us": 2}


def test_the_checkout_wins_over_a_copy_in_the_package(tmp_path):
    """A build leaves a copy in the package, and nobody brings it up to date."""
    package = tmp_path / "src" / "onex_contract"
    shutil.copytree(os.path.dirname(files.__file__), package)
    for folder in (tmp_path, package / "_schemas"):
        (folder / "schemas").mkdir(parents=True)
        (folder / "generated" / "schemas").mkdir(parents=True)
    code = "from onex_contract import files; print(files.schema_dir(), files.generated_dir())"

    assert run(code, tmp_path / "src") == f"{tmp_path}/schemas {tmp_path}/generated/schemas\n"


def test_a_wheel_reads_what_it_carries(tmp_path):
    """Without `src` above it the package is installed, whatever lies beside it."""
    package = tmp_path / "site" / "onex_contract"
    shutil.copytree(os.path.dirname(files.__file__), package)
    (tmp_path / "schemas").mkdir()
    code = "from onex_contract import files; print(files.schema_dir(), files.generated_dir())"

    carried = f"{package}/_schemas"
    assert run(code, tmp_path / "site") == f"{carried} {carried}/generated\n"


def test_importing_the_registry_imports_neither_engine_nor_pydantic():
    """A command that validates nothing should not wait for engines."""
    code = (
        "import sys; from onex_contract import registry; registry.names();"
        "print(sorted({'jsonschema', 'jsonschema_rs', 'pydantic'} & set(sys.modules)))"
    )

    assert run(code, os.path.dirname(os.path.dirname(files.__file__))) == "[]\n"


def run(code, path):
    """What ``code`` prints in a new interpreter that finds the package in ``path`` alone."""
    environment = {"PYTHONPATH": str(path), "PATH": os.defpath}
    command = [sys.executable, "-S", "-c", code]
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("name", registry.names())
def test_a_bundle_refers_to_itself_alone(name):
    """Validating needs no second file, and never the network."""
    for relaxed in (False, True):
        text = json.dumps(registry.schema(name, relaxed=relaxed))
        references = [part.split('"')[0] for part in text.split('"$ref": "')[1:]]

        assert [ref for ref in references if not ref.startswith("#/$defs/")] == []
        assert text.count('"$id"') == 1


def test_a_schema_is_a_new_copy_at_each_call():
    """Whoever changes what was handed out changes nobody else's verdicts."""
    registry.schema("tree").clear()

    assert registry.schema("tree")["title"] == "Tree"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (
            lambda: registry.schema("nodes"),
            "no schema is called nodes; there are adoption, baseline_entry, batch_result,",
        ),
        (
            lambda: registry.validator("../tree"),
            "no schema is called ../tree; there are adoption, baseline_entry,",
        ),
        (
            lambda: registry.validator("common", definition="nodeid"),
            "common#/$defs/nodeid is no schema",
        ),
        (lambda: registry.schema_at("tree", "/title"), "tree#/title is no schema"),
        (lambda: registry.schema_at("fact", "/oneOf/99"), "fact#/oneOf/99 is no schema"),
    ],
    ids=["schema", "path", "definition", "text", "index"],
)
def test_an_unknown_name_is_told(ask, told):
    """A name that is off is named, with what there is."""
    with pytest.raises(KeyError, match=re.escape(told)):
        ask()


def test_a_definition_can_be_validated_alone():
    """Parts of documents have one meaning, wherever they are checked."""
    path = registry.validator("common", definition="path")

    assert [path.is_valid(text) for text in ("a/b.txt", "../a", "/a")] == [True, False, False]


def test_a_validator_is_compiled_once():
    """Ten thousand nodes are judged by one compiled schema."""
    assert registry.validator("onex_node") is registry.validator("onex_node")
    assert registry.validator("onex_node") is not registry.validator("onex_node", relaxed=True)


@pytest.mark.parametrize(
    "schema", [{"format": "of-nobody"}, {"pattern": "(?=a)b"}], ids=["format", "backtracking"]
)
def test_a_schema_that_cannot_be_judged_safely_is_not_compiled(schema):
    """Schemas are hostile too: what nobody checks, or a text can keep busy, is refused."""
    with pytest.raises(jsonschema_rs.ValidationError):
        registry.compile_schema(schema)


def test_a_schema_that_reaches_out_is_not_compiled(tmp_path):
    """A reference leads into the schema itself: to no file, and to no network."""
    (tmp_path / "other.json").write_text('{"type": "null"}')

    for address in (f"file://{tmp_path}/other.json", "http://127.0.0.1:9/other.json"):
        with pytest.raises(jsonschema_rs.ValidationError, match="Retrieval is disabled"):
            registry.compile_schema({"$ref": address})


def test_a_model_gives_the_document_back():
    """Defaults and absent members stay out; members of other tools and keyword names stay in."""
    value = {"from": "stdout", "as": "text", "key": "words"}

    assert CommandOutput.model_validate(value).document() == value
    assert Limits.model_validate({}).document() == {}
    assert Limits.model_validate({}).timeout_ms == 60000


def test_a_model_is_frozen():
    """A document that was checked stays what was checked."""
    tree = Tree.model_validate({"entries": []})

    with pytest.raises(ValidationError, match="Instance is frozen"):
        tree.entries = None


@pytest.mark.parametrize("model", [Fact, RunFinished])
def test_a_refusal_carries_the_pointer(model):
    """Whoever reads the error finds the value."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate({**FINISHED, "duration_us": -1})

    (error,) = caught.value.errors()
    assert error["type"] == "json_schema"
    assert error["ctx"]["pointer"] == "/duration_us"
    assert error["msg"] == "/duration_us: -1 is less than the minimum of 0"


def test_a_fact_parses_to_its_kind():
    """One name reads every line of a journal."""
    assert type(Fact.model_validate(FINISHED).root) is RunFinished


def test_a_derived_model_is_judged_by_the_schema_it_is_derived_from():
    """Nobody gets round the schema by another name."""

    class MyTree(Tree):
        """A tree with a method of one's own."""

    with pytest.raises(ValidationError, match="the whole document"):
        MyTree.model_validate({"entries": [], "digest": "x"})


def test_a_model_that_is_no_mapping_is_refused_by_type():
    """What is no document at all does not reach the schema."""
    with pytest.raises(ValidationError, match="valid dictionary"):
        OnexNode.model_validate([])
