"""What an editor shows of a node.onex, by the YAML language server that editors run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.system.language_server import LanguageServer

from onex_contract import registry

pytestmark = pytest.mark.system

STAGES = ["draft", "review", "active", "deprecated"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace with one node, as `onex init` and `onex scaffold` make them."""
    folder = tmp_path_factory.mktemp("editor")
    onex = Path(sys.executable).parent / "onex"
    for command in ("init . --owner team", "scaffold demo.text.clean"):
        subprocess.run([onex, *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def server(workspace):
    """The server with the settings that `onex init` wrote for VS Code."""
    written = json.loads((workspace / ".vscode/settings.json").read_text(encoding="utf-8"))
    yaml = {key.partition(".")[2]: value for key, value in written.items() if key[:5] == "yaml."}
    with LanguageServer(workspace, {"yaml": {"schemaStore": {"enable": False}, **yaml}}) as started:
        yield started


def node(workspace, name, old="", new=""):
    """A node of its own for one test, with a piece of its document replaced."""
    text = (workspace / "demo/text/clean/node.onex").read_text(encoding="utf-8")
    assert old in text
    path = workspace / "demo/text" / name / "node.onex"
    path.parent.mkdir()
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def place(path, text):
    """The line and the character, from 0, where ``text`` begins in a document."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if text in line:
            return number, line.index(text)
    raise AssertionError(text)


def test_a_good_node_shows_nothing(server, workspace):
    """No false alarm in what the scaffold makes."""
    assert server.open(workspace / "demo/text/clean/node.onex") == []


def test_a_typo_is_underlined_where_it_stands(server, workspace):
    """The range is that of the wrong word, and the message says the four right ones."""
    path = node(workspace, "typo", "lifecycle: draft", "lifecycle: actve")
    line, start = place(path, "actve")

    (problem,) = server.open(path)

    assert problem["range"] == {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": start + len("actve")},
    }
    assert all(stage in problem["message"] for stage in STAGES)


MISTAKES = {
    "key": ("owner:", "ownr:"),
    "deep": ("network: false", "network: maybe"),
    "type": ('\nversion: "0.1.0"', "\nversion: 1"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_other_mistakes_are_underlined_on_their_line(server, workspace, name):
    """Unknown keys, values deep inside, values of another type."""
    old, new = MISTAKES[name]
    path = node(workspace, name, old, new)
    line = place(path, new.strip())[0]

    starts = [problem["range"]["start"]["line"] for problem in server.open(path)]

    assert line in starts


def test_the_four_stages_are_offered(server, workspace):
    """Completion behind `lifecycle: ` gives what the schema lists, and nothing else."""
    path = node(workspace, "offered", "lifecycle: draft", "lifecycle: ")
    line, start = place(path, "lifecycle: ")
    server.open(path)

    offered = server.at(path, "completion", line, start + len("lifecycle: "))

    assert sorted(item["label"] for item in offered["items"]) == sorted(STAGES)


def test_keys_are_offered(server, workspace):
    """On an empty line the keys that the node does not have yet are offered."""
    path = node(workspace, "keys", "owner: ", "\nowner: ")
    server.open(path)

    offered = server.at(path, "completion", place(path, "owner: ")[0] - 1, 0)

    labels = {item["label"] for item in offered["items"]}
    assert {"tags", "waivers"} <= labels
    assert "owner" not in labels


def test_a_pointer_over_a_key_shows_its_description(server, workspace):
    """The text is the one that the schema has."""
    path = workspace / "demo/text/clean/node.onex"
    line, start = place(path, "lifecycle")
    if path.as_uri() not in server.problems:
        server.open(path)

    shown = server.at(path, "hover", line, start + 2)["contents"]["value"]

    field = registry.schema("onex_node")["properties"]["lifecycle"]
    assert field["description"].split(".")[0] in shown.replace("\\", "")


def test_one_line_does_for_editors_without_settings(workspace):
    """Helix, Neovim and Emacs read the schema's place from a comment; the node stays good."""
    folder = workspace / "demo/text/helix"
    path = node(workspace, "helix", "lifecycle: draft", "lifecycle: actve")
    schema = os.path.relpath(workspace / ".vscode/onex_node.schema.json", folder)
    path.write_text(f"# yaml-language-server: $schema={schema}\n{path.read_text()}")

    with LanguageServer(workspace, {"yaml": {"schemaStore": {"enable": False}}}) as server:
        (problem,) = server.open(path)

    assert problem["range"]["start"]["line"] == place(path, "actve")[0]
