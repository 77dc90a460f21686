"""`onex diff`: what changed, who is let down by it, and whether that stops a change."""

import json
import os

import pytest
from tests.repositories import commit_all, git

from onex_contract import registry

NODE = "demo/text/clean/node.onex"
CONTRACT = "demo/text/clean/state_contract.json"


def edit(path, *pairs):
    """Replace texts in a file, each of which must be there."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


ACTIVE = (("lifecycle: draft", "lifecycle: active"), ('version: "0.1.0"', 'version: "1.2.0"'))
ASKS_FOR_MORE = (
    ('"required": ["text"],', '"required": ["text", "lang"],'),
    ('"properties": {', '"properties": {\n      "lang": {"type": "string"},'),
)


@pytest.fixture
def repository(workspace):
    """A repository with one node, demo.text.clean 1.2.0, that others rely on."""
    edit(workspace / NODE, *ACTIVE)
    commit_all(workspace)
    return workspace


def test_nothing_has_changed(onex, repository):
    """The gate says how many nodes it has looked at."""
    ended = onex("diff")

    assert (ended.exit_code, ended.stdout, ended.stderr) == (
        0,
        "1 node compared with HEAD: 1 unchanged\n",
        "",
    )


BREAKING = """\
demo.text.clean: breaking (active, 1.2.0: others rely on it)
  demo/text/clean/state_contract.json:5:17: breaking: input: 'lang' must be given now
    for example {"text": "a"} was accepted, and is refused now
  demo/text/clean/state_contract.json:8:15: compatible: input: the property 'lang' is new
  help: give it version 2.0.0, or keep what others rely on
1 node compared with HEAD: 1 breaking, 0 unchanged; 1 does not pass
"""


def test_a_breaking_change_is_refused_with_a_witness(onex, repository):
    """The line, a state that was accepted and is not any more, and what to do."""
    edit(repository / CONTRACT, *ASKS_FOR_MORE)
    ended = onex("diff")

    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, BREAKING, "")


def test_a_new_major_version_says_so_to_others(onex, repository):
    """Then the change passes; it is told all the same."""
    edit(repository / CONTRACT, *ASKS_FOR_MORE)
    edit(repository / NODE, ('"1.2.0"', '"2.0.0"'))
    ended = onex("diff")

    assert ended.exit_code == 0
    assert (
        ended.stdout.splitlines()[0]
        == "demo.text.clean: breaking (active, 1.2.0 → 2.0.0: others rely on it)"
    )
    assert ended.stdout.splitlines()[-2:] == [
        "  help: version 2.0.0 says so to others",
        "1 node compared with HEAD: 1 breaking, 0 unchanged",
    ]


def test_a_draft_is_free(onex, workspace):
    """Nobody relies on it."""
    commit_all(workspace)
    edit(workspace / CONTRACT, *ASKS_FOR_MORE)
    ended = onex("diff")

    assert ended.exit_code == 0
    assert (
        ended.stdout.splitlines()[0]
        == "demo.text.clean: breaking (draft, 0.1.0: a draft may change)"
    )


ESCALATING = """\
demo.text.clean: escalating (active, 1.2.0: others rely on it)
  demo/text/clean/node.onex:19:12: escalating: it may use the network now
  demo/text/clean/node.onex:20:11: escalating: what it may write was 'none', and is ["/srv"]
  demo/text/clean/node.onex:23:14: escalating: memory_mb was 1024, and is 4096
  help: give it version 1.3.0, so that others see it
1 node compared with HEAD: 1 escalating, 0 unchanged{end}
"""


@pytest.mark.parametrize(
    ("fail_on", "code", "end"),
    [
        ("breaking", 0, ""),
        ("escalating", 1, "; 1 does not pass"),
        ("never", 0, ""),
        ("any", 1, "; 1 does not pass"),
    ],
)
def test_wider_effects_escalate(onex, repository, fail_on, code, end):
    """A verdict of its own, which stops where that is asked for."""
    edit(
        repository / NODE,
        ("  network: false\n", "  network: true\n"),
        ("  writes: none\n", '  writes: ["/srv"]\n'),
        ("  idempotent: true\n", "  idempotent: true\nlimits:\n  memory_mb: 4096\n"),
    )
    ended = onex("diff", "--fail-on", fail_on)

    assert (ended.exit_code, ended.stdout) == (code, ESCALATING.format(end=end))


def test_code_and_words(onex, repository):
    """Files and words have verdicts of their own."""
    edit(repository / "demo/text/clean/node.py", ("def run", "# better\ndef run"))
    edit(repository / NODE, ('owner: "data platform team"', "owner: text team"))
    ended = onex("diff")

    assert ended.exit_code == 0
    assert [line.split(": ", 1)[1] for line in ended.stdout.splitlines()[:-1]] == [
        "code-only (active, 1.2.0)",
        "code-only: node.py has changed",
        "metadata: `owner` was 'data platform team', and is 'text team'",
        "give it version 1.2.1, so that others see it",
    ]


def test_added_removed_and_moved(onex, repository):
    """A node is known by its id, and by its uuid where that has changed."""
    onex("scaffold", "demo.text.second")
    commit_all(repository)
    onex("scaffold", "demo.text.third")
    os.rename(repository / "demo/text/second", repository / "demo/text/moved")
    edit(repository / "demo/text/moved/node.onex", ("name: second", "name: moved"))
    git(repository, "rm", "-rq", "demo/text/clean")
    onex("tree", "--write")
    ended = onex("diff")

    assert ended.exit_code == 1
    assert [line for line in ended.stdout.splitlines() if not line.startswith(" ")] == [
        "demo.text.clean: breaking (active, 1.2.0: others rely on it)",
        "demo.text.second: breaking (draft, 0.1.0: a draft may change)",
        "demo.text.third: added (draft, 0.1.0)",
        "3 nodes compared with HEAD: 2 breaking, 1 added, 0 unchanged; 1 does not pass",
    ]
    assert "the node was demo.text.second, and calls itself demo.text.moved" in ended.stdout
    assert (
        "help: bring back what others rely on; what is to go is deprecated before" in ended.stdout
    )


AGAINST = [
    "v1",
    "main",
    "HEAD~0",
    ".git#tag=v1",
    ".git#branch=main",
    ".git#ref=HEAD",
    ".git",
    ".#tag=v1",
]


@pytest.mark.parametrize("against", AGAINST)
def test_against_a_revision(onex, repository, against):
    """Every spelling of the same commit."""
    git(repository, "tag", "v1")
    edit(repository / CONTRACT, *ASKS_FOR_MORE)
    ended = onex("diff", "--against", against)

    assert (ended.exit_code, ended.stdout) == (1, BREAKING.replace("HEAD", against))


def test_against_a_folder(onex, repository, tmp_path_factory):
    """Another tree on the disk, without git."""
    other = tmp_path_factory.mktemp("other")
    git(repository, "worktree", "add", "-q", other / "tree", "HEAD")
    edit(repository / CONTRACT, *ASKS_FOR_MORE)

    ended = onex("diff", "--against", other / "tree")
    assert (ended.exit_code, ended.stdout) == (1, BREAKING.replace("HEAD", str(other / "tree")))

    os.chdir(other / "tree")
    assert onex("diff").stdout == "1 node compared with HEAD: 1 unchanged\n"


def test_a_workspace_below_the_top_of_the_repository(onex, tmp_path):
    """The root of the tree is found in the revision, too."""
    below = tmp_path / "a" / "nodes"
    below.mkdir(parents=True)
    os.chdir(below)
    onex("init", ".", "--owner", "me")
    onex("scaffold", "demo.text.clean")
    commit_all(tmp_path)

    assert onex("diff").stdout == "1 node compared with HEAD: 1 unchanged\n"
    ended = onex("diff", "--against", "../../.git#ref=HEAD,subdir=a/nodes")
    assert ended.stdout == "1 node compared with ../../.git#ref=HEAD,subdir=a/nodes: 1 unchanged\n"


def test_only_the_nodes_that_are_named(onex, repository):
    """By id or path; two of them need `--against`."""
    onex("scaffold", "demo.text.second")
    edit(repository / CONTRACT, *ASKS_FOR_MORE)

    assert onex("diff", "demo.text.clean").stdout == BREAKING
    second = onex("diff", "demo/text/second")
    assert second.stdout.splitlines()[-1] == "1 node compared with HEAD: 1 added, 0 unchanged"
    both = onex("diff", "demo.text.clean", "demo.text.second", "--against", "HEAD")
    assert both.stdout.splitlines()[-1].startswith(
        "2 nodes compared with HEAD: 1 breaking, 1 added"
    )


def test_two_nodes_and_two_contracts(onex, repository, tmp_path):
    """Folders, documents or contract files, no git needed."""
    old = tmp_path / "old.json"
    old.write_bytes((repository / CONTRACT).read_bytes())
    edit(repository / CONTRACT, *ASKS_FOR_MORE)
    files = onex("diff", "old.json", CONTRACT)
    folders = onex("diff", "demo/text/clean", NODE)

    assert files.exit_code == 1
    assert files.stdout.splitlines() == [
        "old.json: breaking",
        *BREAKING.splitlines()[1:4],
        "  help: keep what others rely on",
        "1 node compared with old.json: 1 breaking, 0 unchanged; 1 does not pass",
    ]
    assert (folders.exit_code, folders.stdout) == (
        0,
        "1 node compared with demo/text/clean: 1 unchanged\n",
    )


def test_json_keeps_its_schema(onex, repository, tmp_path):
    """Printed or written, the same record."""
    edit(repository / CONTRACT, *ASKS_FOR_MORE)
    ended = onex("diff", "--output-format", "json")
    written = onex("diff", "--output-format", "json", "-o", "found.json")

    assert registry.validator("contract_change").is_valid(ended.json)
    assert json.loads((tmp_path / "found.json").read_text()) == ended.json
    assert (written.exit_code, written.stdout) == (1, BREAKING.splitlines()[-1] + "\n")
    assert ended.json["nodes"][0]["changes"][0] == {
        "verdict": "breaking",
        "path": CONTRACT,
        "line": 5,
        "column": 17,
        "pointer": "/input/required",
        "message": "input: 'lang' must be given now",
        "undecided": False,
        "witness": {"side": "input", "accepted_by": "before", "state": {"text": "a"}},
    }


MARKDOWN = """\
### Contracts against `HEAD`

1 node compared with HEAD: 1 breaking, 0 unchanged; 1 does not pass

| node | verdict | version | what changed |
|---|---|---|---|
| `demo.text.clean` | **breaking** | 1.2.0 | input: 'lang' must be given now<br>input: the property 'lang' is new |

`demo.text.clean`, `demo/text/clean/state_contract.json:5:17`: `{"text": "a"}` was accepted, and is refused now
"""


def test_markdown(onex, repository):
    """For a comment on a change."""
    edit(repository / CONTRACT, *ASKS_FOR_MORE)

    assert onex("diff", "--output-format", "md").stdout == MARKDOWN


REFUSED = [
    (["--against", "nowhere"], "onex: nowhere: no such commit in .git\n  help: name one that is there; a shallow clone has few: `git fetch --depth=100 origin NAME` brings more\n"),
    (["--against", "--output=x"], "onex: --output=x: not a revision that is understood here\n  help: name a branch, a tag or a commit, for example HEAD~1 or v1.2.0\n"),
    (["--against", "HEAD:demo"], "onex: HEAD:demo: not a revision that is understood here\n  help: name a branch, a tag or a commit, for example HEAD~1 or v1.2.0\n"),
    (["--against", "demo"], "onex: demo: this is not the root of a tree\n  help: name the root of a tree, or write .git#ref=NAME for a branch of that name\n"),
    (["--against", ".git#tag=v9"], "onex: refs/tags/v9: no such commit in .git\n  help: name one that is there; a shallow clone has few: `git fetch --depth=100 origin NAME` brings more\n"),
    (["--against", ".git#label=v9"], "onex: .git#label=v9: not a repository with a revision\n  help: write for example .git#tag=v1.2.0, .git#branch=main or .git#ref=HEAD~1,subdir=nodes\n"),
    (["--against", "gone#tag=v9"], "onex: gone#tag=v9: not a repository with a revision\n  help: write for example .git#tag=v1.2.0, .git#branch=main or .git#ref=HEAD~1,subdir=nodes\n"),
    (["--against", ".git#ref=HEAD,subdir=nodes"], "onex: HEAD:nodes: no `.tree` there\n  help: name the root of a tree as `subdir`\n"),
    (["demo/text/clean", CONTRACT], f"onex: demo/text/clean and {CONTRACT}: a node and a contract by itself cannot be compared\n  help: name two nodes, or two contract files\n"),
    (["gone.json", CONTRACT], "onex: gone.json:1:1: no such file\n"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_what_cannot_be_compared(onex, repository, arguments, said):
    """Status 2, one line, and what to do; never a pass."""
    ended = onex("diff", *arguments)

    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", said)


def test_outside_of_git(onex, workspace):
    """There is nothing to compare with."""
    ended = onex("diff")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"onex: {workspace}: no git repository here or in any folder above\n"
        "  help: compare with a folder: `--against DIR`, or two nodes: `onex diff A B`\n"
    )


def test_no_nodes_at_all(onex, tmp_path):
    """A gate that looked at nothing does not pass."""
    onex("init", ".", "--owner", "me")
    commit_all(tmp_path)
    ended = onex("diff")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "no nodes to compare; a gate that looked at nothing does not pass" in ended.stderr


def test_nothing_is_written(onex, repository):
    """Neither in the tree nor in the repository: not even the index is refreshed."""
    edit(repository / CONTRACT, *ASKS_FOR_MORE)
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    onex("diff")

    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before
