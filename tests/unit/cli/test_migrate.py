"""``onex migrate``: the table, the questions with their places, and what is written."""

import pytest

from onex.core.text import printable

NODE = """\
metadata_version: 0.1.0
schema_version: 0.1.0
name: clean
version: 1.2.0
uuid: 3b9d21c4-0f6e-4c7b-8a0d-5e1f2a3b4c5d
description: Trims white space.
state_contract: state_contract://contract.yaml
lifecycle: active
hash: "0000000000000000000000000000000000000000000000000000000000000000"
entrypoint: python@node.py
namespace: yaml://demo.text.clean.v1_0_0.node_onex
"""
CONTRACT = """\
contract_version: 1.0.0
input_state: {type: object, required: [text], properties: {text: {type: string}}}
output_state: {type: object, required: [text], properties: {text: {type: string}}}
"""
CASES = "cases:\n- {name: trims, input: {text: ' a '}, output: {text: a}}\n"


@pytest.fixture
def published(tmp_path):
    """A folder with a published node, in no tree."""
    folder = tmp_path / "demo/text/clean"
    folder.mkdir(parents=True)
    (folder / "node.onex.yaml").write_text(NODE)
    (folder / "contract.yaml").write_text(CONTRACT)
    (folder / "node.py").write_text("def run(text):\n    return {'text': text.strip()}\n")
    (tmp_path / "notes.onex").write_text("a: 1\n")
    return folder


def test_table(onex, published):
    """A row a document, the questions at their places in what was written, and the counts."""
    result = onex("migrate")

    assert result.exit_code == 1
    assert result.stdout == (
        "not a node             notes.onex\n"
        "notes.onex:1:1: this is no node, contract or tree of a known edition\n"
        "lifted                 demo/text/clean/contract.yaml\n"
        "lifted with questions  demo/text/clean/node.onex.yaml -> node.onex\n"
        "  note: namespace: demo.text, taken from yaml://demo.text.clean.v1_0_0.node_onex\n"
        "demo/text/clean/node.onex:8:8: owner: nothing stands here; "
        "write the person or team that answers for the node\n"
        "demo/text/clean/node.onex:9:12: lifecycle: 'active' stands here; "
        "an active node has a case: write `cases` into its contract, or make it a draft\n"
        "3 documents: 1 lifted, 1 lifted with questions, 1 not a node\n"
        "next: answer the questions, then onex lock, then onex validate\n"
    )
    assert sorted(path.name for path in published.iterdir()) == [
        "contract.yaml",
        "node.onex",
        "node.py",
    ]


def test_answered_node_passes_the_gate(onex, published, tmp_path):
    """After the answers, lock, validate, fmt and test have nothing to say against it."""
    onex("migrate")
    document = published / "node.onex"
    assert document.read_text().count("TODO") == 1
    text = document.read_text().replace(
        '"TODO: write the person or team that answers for the node"', "data team"
    )
    document.write_text(text)
    with (published / "contract.yaml").open("a") as file:
        file.write(CASES)
    (tmp_path / "notes.onex").unlink()  # a stray, which fails the gate

    assert onex("init", ".", "--owner", "data team").exit_code == 0
    assert onex("lock").exit_code == 0
    assert onex("fmt").exit_code == 0
    result = onex("validate")
    assert (result.exit_code, result.stdout) == (0, "1 node checked: 0 errors, 0 warnings\n")
    assert onex("test").exit_code == 0
    assert onex("migrate").exit_code == 0


def test_dry_run_writes_nothing(onex, published):
    """The places are those of the document as it is; the diff alone is on standard output."""
    before = {path: path.read_bytes() for path in published.iterdir()}

    result = onex("migrate", "--dry-run", "--diff", "demo/text/clean/contract.yaml")

    assert result.exit_code == 0
    assert result.stdout == (
        "--- demo/text/clean/contract.yaml\n"
        "+++ demo/text/clean/contract.yaml\n"
        "@@ -1,3 +1,3 @@\n"
        "-contract_version: 1.0.0\n"
        "-input_state: {type: object, required: [text], properties: {text: {type: string}}}\n"
        "-output_state: {type: object, required: [text], properties: {text: {type: string}}}\n"
        '+contract_version: "1.0.0"\n'
        "+input: {type: object, required: [text], properties: {text: {type: string}}}\n"
        "+output: {type: object, required: [text], properties: {text: {type: string}}}\n"
    )
    assert result.stderr == (
        "lifted                 demo/text/clean/contract.yaml\n"
        "1 document: 1 lifted; nothing was written\n"
    )
    assert "demo/text/clean/node.onex.yaml:8:12: lifecycle" in onex("migrate", "--dry-run").stdout
    assert {path: path.read_bytes() for path in published.iterdir()} == before


def test_nothing_to_lift_is_no_success(onex, tmp_path):
    """Neither is a folder without documents, nor a file that is none."""
    assert onex("migrate").exit_code == 2
    (tmp_path / "a.yaml").write_text("a: 1\n")
    result = onex("migrate", "a.yaml")
    assert result.exit_code == 2
    assert "a.yaml: no documents to lift" in result.stderr


def test_unknown_edition_is_refused(onex):
    """There is one edition to go to."""
    result = onex("migrate", "--to", "2.0.0")

    assert result.exit_code == 2
    assert "'2.0.0' is not '1.0.0'" in result.stderr


def test_hidden_and_foreign_folders_are_not_searched(onex, published, tmp_path):
    """Other people's files are not ours to lift."""
    for name in (".git", "node_modules", "__pycache__"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "node.onex.yaml").write_text(NODE)

    assert onex("migrate", "--dry-run").stdout.endswith(
        "\n3 documents: 1 lifted, 1 lifted with questions, 1 not a node; nothing was written\n"
    )


@pytest.mark.parametrize(("paths", "status"), [(["demo"], 0), ([".", "notes.onex"], 1), (["."], 0)])
def test_only_what_was_named_must_be_a_document(onex, published, paths, status):
    """A search may bring up files of others; what was named was meant."""
    (published / "node.onex.yaml").unlink()

    assert onex("migrate", *paths).exit_code == status


@pytest.mark.parametrize("path", ["gone", "../gone/node.onex", "a\x1b[31m"])
def test_what_is_not_there_is_told_in_a_line(path, onex):
    """As every command says it, and nothing is looked for instead."""
    result = onex("migrate", path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"onex: {printable(path)}: no such file or folder\n"
