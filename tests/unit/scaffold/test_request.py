"""What is asked for is checked before anything runs."""

import json
from pathlib import Path

import pytest

from onex.core import node, scan, snapshot
from onex.core.workspace import Workspace
from onex.errors import DocumentError, NodeNotFoundError, OnexError, RefusedError, UsageError
from onex.scaffold import template as templates
from onex.scaffold.request import prepare

TODO = "TODO: say in one sentence what this node does"
NOT_TAKEN = "the template python of onex.scaffold does not take these answers:"
RECIPE = (
    '{"version": "1.0.0", "description": "x", "files": {"%s": {"source": "a"}},\n "answers": %s}'
)


@pytest.mark.parametrize(
    ("config", "answers", "expected"),
    [
        ("", None, {"owner": "TODO: name the owner", "description": TODO}),
        ('owner = "data team"\n', None, {"owner": "data team", "description": TODO}),
        ('owner = "data team"\n', {"owner": "me"}, {"owner": "me", "description": TODO}),
        ("", {"description": "x"}, {"owner": "TODO: name the owner", "description": "x"}),
    ],
)
def test_the_state_is_complete(config, answers, expected, workspace, shipped):
    """The scaffold node is given every answer: the caller's, else the workspace's, else a default."""
    Path(workspace.root, "onex.toml").write_text(config)

    request = prepare(workspace, "demo.text.clean", answers=answers)

    assert request.node.folder == shipped.folder
    assert request.state == {
        "template": "python",
        "node_id": "demo.text.clean",
        "answers": expected,
    }


REFUSALS = {
    "id": (
        {"node_id": "demo"},
        UsageError("'demo' is no node id: ", help="for example demo.text.clean"),
    ),
    "reserved": (
        {"node_id": "onex.x"},
        RefusedError("onex.x: the namespace 'onex' belongs to ", help="choose a namespace"),
    ),
    "template": (
        {"template": "pyhton"},
        UsageError(
            "onex.scaffold has no template 'pyhton'; did you mean 'python'?",
            help="it has cli, function, noop, python, scaffold, script",
        ),
    ),
    "path": (
        {"template": "../python"},
        UsageError(
            "onex.scaffold has no template '../python'",
            help="it has cli, function, noop, python, scaffold, script",
        ),
    ),
    "answer": (
        {"answers": {"ownr": "x"}},
        UsageError(f"{NOT_TAKEN} unknown key 'ownr'", help="did you mean 'owner'?"),
    ),
    "empty": (
        {"answers": {"owner": ""}},
        UsageError(
            f"{NOT_TAKEN} owner must ",
            help="The person or team that answers for the node.",
        ),
    ),
    "maker": (
        {"using": "onex.scafold"},
        NodeNotFoundError("onex.scafold: no such node ", help="run `onex list`"),
    ),
    "plain": (
        {"using": "demo.plain"},
        RefusedError(
            "demo.plain makes no nodes: its `effects.writes` is not `nodes`",
            help="use onex.scaffold, or ",
        ),
    ),
}
"""What differs from a good request, and how the refusal begins."""


@pytest.mark.parametrize(("request_", "refusal"), REFUSALS.values(), ids=REFUSALS)
def test_a_request_that_cannot_be_met_is_refused_early(request_, refusal, make, workspace):
    """Nothing runs, and the message says what there is instead."""
    make("demo.plain").publish(workspace)
    given = {"node_id": "demo.text.clean", **request_}

    with pytest.raises(OnexError) as caught:
        prepare(Workspace(workspace.root), given.pop("node_id"), **given)

    found = caught.value
    assert type(found) is type(refusal)
    assert found.message.startswith(refusal.message), found.message
    assert (found.help or "").startswith(refusal.help), found.help


@pytest.fixture
def maker(tmp_path: Path, shipped: node.Node):
    """A scaffold node of a user's own, to be spoilt."""
    folder = tmp_path / "maker"
    for path in snapshot.list_files(shipped):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(Path(shipped.folder, path).read_bytes())
    (folder / "node.onex").write_bytes(shipped.document.data)
    return node.load(str(folder))


def test_a_folder_with_a_recipe_is_a_template(maker):
    """Users add a template by adding a folder; what has no template.json is none."""
    recipe = {
        "version": "1.0.0",
        "description": "Mine.",
        "answers": {"properties": {"loud": {"type": "boolean", "default": True}}},
        "files": {"node.onex": {"source": "n.j2"}},
    }
    for name in ("mine", "Upper", "empty"):
        Path(maker.folder, "templates", name).mkdir()
    for name in ("mine", "Upper"):
        Path(maker.folder, "templates", name, "template.json").write_text(json.dumps(recipe))

    assert templates.names(maker) == [
        "cli",
        "function",
        "mine",
        "noop",
        "python",
        "scaffold",
        "script",
    ]
    assert templates.read(maker, "mine").value == recipe
    # No template is given an owner that it does not ask for.
    assert templates.complete(maker, "mine", {}, owner="data team") == {"loud": True}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "template.json:1:2: "),
        ("{}", "template.json:1:1: missing key 'version'"),
        (
            RECIPE % ("../x", "{}"),
            "template.json:1:52: the key '../x' is not a name that belongs here",
        ),
        (
            RECIPE % ("x", '{"$ref": "http://127.0.0.1:9/x"}'),
            "template.json:2:22: the reference 'http://127.0.0.1:9/x' leaves the document",
        ),
    ],
)
def test_a_template_that_is_none_is_named(text, message, maker):
    """The author of a template is told the place."""
    Path(maker.folder, "templates/python/template.json").write_text(text)

    with pytest.raises(DocumentError) as caught:
        templates.complete(maker, "python", {})

    assert message in caught.value.args[0]


def test_no_part_of_the_shipped_tree_is_missing_or_stray(shipped):
    """The shipped tree lists what is there."""
    root = str(Path(shipped.folder).parents[1])
    listing, strays = scan.scan(root)
    assert (listing, strays) == ({"": ["onex/"], "onex/": ["scaffold/node.onex"]}, [])


@pytest.mark.parametrize("template", ["python", "cli", "noop", "scaffold"])
def test_every_shipped_template_keeps_its_schema(template, shipped):
    """The templates that onex ships are what the schema says a template is."""
    assert templates.read(shipped, template).value["version"] == "1.0.0"
