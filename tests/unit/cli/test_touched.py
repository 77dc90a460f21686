"""`onex validate --touched`: names of files, as a hook hands them over."""

import pytest
from tests.repositories import commit_all, git

DOCUMENT = "demo/text/clean/node.onex"
NONE = "no node of 1 touched; 0 nodes checked: 0 errors, 0 warnings\n"
ONE = "1 node of 1 touched; 1 node checked: 0 errors, 3 warnings\n"


@pytest.fixture
def hook(workspace, onex, monkeypatch):
    """The command that a hook calls, in a workspace that is committed."""
    monkeypatch.delenv("PRE_COMMIT_FROM_REF", raising=False)
    commit_all(workspace)

    def call(*arguments):
        return onex("validate", "--output-format", "concise", *arguments)

    return call


@pytest.mark.parametrize(
    ("names", "said"),
    [((), NONE), (["README"], NONE), ([DOCUMENT], ONE), (["README", DOCUMENT, DOCUMENT], ONE)],
)
def test_no_node_touched_is_no_failure_and_is_said(names, said, hook):
    """Most commits touch no node: the count says so, and nobody takes it for a check."""
    result = hook("--touched", "--", *names)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(said)


def test_names_are_never_options(hook):
    """A commit may call a file as it likes; it turns no gate off."""
    result = hook("--touched", "--exit-zero", DOCUMENT)

    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        "onex: --touched takes names of files behind `--` alone\n  help: see `onex validate --help`\n",
    )


def test_the_variable_of_the_option_asks_for_dashes_too(hook, monkeypatch):
    """Every way to ask for it is held to the same."""
    monkeypatch.setenv("ONEX_VALIDATE_TOUCHED", ".")

    assert hook(DOCUMENT).exit_code == 2
    assert hook("--", DOCUMENT).stdout.endswith(ONE)


def test_a_workspace_in_a_folder_is_named(hook, workspace, onex):
    """A hook is called at the root of the repository, wherever the workspace lies."""
    inner = workspace / "nodes"
    inner.mkdir()
    for name in ("onex.toml", ".tree", "demo"):
        (workspace / name).rename(inner / name)
    commit_all(workspace)

    missing = hook("--touched", "--")
    found = hook("--touched=nodes", "--", f"nodes/{DOCUMENT}")

    assert (missing.exit_code, missing.stdout, missing.stderr) == (
        2,
        "",
        f"onex: {workspace}: no .tree here or in any folder above; a workspace needs an index at its root\n"
        "  help: name the folder of the workspace, as in `args: [--touched=nodes, --]`\n",
    )
    assert found.stdout.endswith(ONE)
    git(workspace, "rm", "-q", "nodes/demo/text/clean/node.py")
    assert hook("--touched=nodes", "--").exit_code == 1


def test_a_range_begins_where_the_runner_says(hook, workspace, monkeypatch):
    """pre-commit and prek name the commit in a variable."""
    git(workspace, "rm", "-q", "demo/text/clean/node.py")
    commit_all(workspace)
    assert hook("--touched", "--").stdout == NONE

    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    assert hook("--touched", "--").exit_code == 1


def test_it_goes_without_changed(hook):
    """Both say which nodes are meant."""
    result = hook("--touched", "--changed", "--")

    assert result.exit_code == 2
    assert result.stderr.startswith("onex: --touched goes without --changed")
