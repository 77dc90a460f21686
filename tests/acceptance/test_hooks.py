"""The hooks of `.pre-commit-hooks.yaml`, called by pre-commit and by prek in repositories of git.

The hooks are the ones of the manifest but for one word: they run in this environment instead of
one that is made for them, for nothing is installed here.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.repositories import CLEAN, commit_all, git

MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
BIN = Path(sys.executable).parent
RUNNERS = ("pre-commit", "prek")

CLEAN_NODE = "demo/text/clean"
NEWS = f"{CLEAN_NODE}/node.py"
QUIET = "0 errors, 0 warnings"


def hooks(**changes):
    """The hooks of the manifest, in this environment."""
    found = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return [{**hook, "language": "unsupported", **changes} for hook in found]


def configure(repo, configured):
    """Name the hooks in the configuration of ``repo``."""
    config = {"repos": [{"repo": "local", "hooks": configured}]}
    (repo / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A repository with a workspace of two nodes without a finding, and the hooks; committed."""
    repo = tmp_path_factory.mktemp("model") / "repo"
    repo.mkdir()
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    for command in (
        "onex init . --owner team",
        "onex scaffold demo.text.clean",
        "onex scaffold demo.text.other",
        "sed -i s/TODO:// demo/text/clean/node.onex demo/text/clean/state_contract.json",
        "sed -i s/TODO:// demo/text/other/node.onex demo/text/other/state_contract.json",
        "onex lock",
    ):
        subprocess.run(command.split(), cwd=repo, env=environment, check=True, capture_output=True)
    configure(repo, hooks())
    commit_all(repo)
    return repo


@pytest.fixture
def repo(model, tmp_path):
    """A copy of the repository ``model`` that a test may change."""
    return shutil.copytree(model, tmp_path / "repo", symlinks=True)


def call(runner, repo, *arguments):
    """Call a runner of hooks in ``repo``: its exit status and what it printed."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    home = {
        name: os.fspath(repo.parent / "home") for name in ("HOME", "PRE_COMMIT_HOME", "PREK_HOME")
    }
    ended = subprocess.run(
        [BIN / runner, *arguments],
        cwd=repo,
        env={**kept, **CLEAN, **home, "PATH": f"{BIN}:{os.environ['PATH']}"},
        check=False,
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stdout + ended.stderr


def run(runner, repo, *arguments):
    """What `onex validate` said at the end, called by ``runner``, and the runner's exit status."""
    status, printed = call(runner, repo, "run", "--color=never", "-v", *arguments, "onex-validate")
    rows = [row.strip() for row in printed.splitlines() if " checked: " in row]
    return status, *rows


def edit(path, text="# more\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(text)


def stage(*commands):
    """A change that a person makes by commands of git, and stages."""

    def change(repo):
        for command in commands:
            git(repo, *command.split())

    return change


def write(*names, text="# more\n"):
    """A change that edits or adds files, and stages them."""

    def change(repo):
        for name in names:
            edit(repo / name, text)
        git(repo, "add", "-A")

    return change


def link(repo):
    (repo / CLEAN_NODE / "link").symlink_to("node.py")
    git(repo, "add", "-A")


def move_over(repo):
    git(repo, "mv", NEWS, "demo/text/other/more.py")


def untracked(repo):
    """A commit of a text while a new node, listed already, is still at work."""
    shutil.copytree(repo / "demo/text/clean", repo / "demo/text/draft")
    edit(repo / "demo/text/.tree", "- draft/node.onex\n")
    edit(repo / "README")
    git(repo, "add", "README")


def forgotten(repo):
    """A commit of a new node without the `.tree` that lists it."""
    untracked(repo)
    git(repo, "add", "demo/text/draft")


CHANGES = {
    "no_node": (
        write("README", "tools/x.py"),
        0,
        f"no node of 2 touched; 0 nodes checked: {QUIET}",
    ),
    "edit": (
        write(NEWS),
        1,
        "1 node of 2 touched; 1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
    ),
    "add": (
        write(f"{CLEAN_NODE}/deep/new.txt"),
        1,
        "1 node of 2 touched; 1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
    ),
    "link": (link, 1, "1 node of 2 touched; 1 node checked: 1 error, 0 warnings"),
    "delete": (
        stage(f"rm -q {NEWS}"),
        1,
        "1 node of 2 touched; 1 node checked: 1 error, 0 warnings",
    ),
    "delete_node": (
        stage(f"rm -rq {CLEAN_NODE}"),
        1,
        "no node of 1 touched; 0 nodes checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
    ),
    "delete_tree": (
        stage("rm -q demo/text/.tree"),
        1,
        "no node of 0 touched; 0 nodes checked: 1 error, 0 warnings (1 fixable with `--fix`)",
    ),
    "rename": (
        stage(f"mv {NEWS} {CLEAN_NODE}/main.py"),
        1,
        "1 node of 2 touched; 1 node checked: 2 errors, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
    ),
    "move_over": (
        move_over,
        1,
        "2 nodes of 2 touched; 2 nodes checked: 2 errors, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
    ),
    "mode": (
        stage(f"update-index --chmod=+x {NEWS}", "checkout-index -fa"),
        1,
        "1 node of 2 touched; 1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
    ),
    "spaces": (
        write(f"{CLEAN_NODE}/a  b", f"{CLEAN_NODE}/*", f"{CLEAN_NODE}/$(x)"),
        1,
        "1 node of 2 touched; 1 node checked: 4 errors, 0 warnings (3 fixable with `--fix --unsafe-fixes`)",
    ),
    "newline": (
        write(f"{CLEAN_NODE}/a\nb"),
        1,
        "1 node of 2 touched; 1 node checked: 1 error, 0 warnings",
    ),
    "like_options": (
        write("--exit-zero", "-q", "--", "--fail-on=never", "--touched=/", NEWS),
        1,
        "1 node of 2 touched; 1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
    ),
    "untracked": (untracked, 0, f"no node of 2 touched; 0 nodes checked: {QUIET}"),
    "forgotten": (
        forgotten,
        1,
        "no node of 2 touched; 0 nodes checked: 1 error, 0 warnings (1 fixable with `--fix`)",
    ),
}
"""What a person commits, the exit status of the runner, and the last line of `onex validate`."""


SLOW = {"no_node", "edit", "delete", "like_options", "untracked"}
"""The changes that pre-commit, which starts slowly, sees too: where runners could differ."""


@pytest.mark.parametrize(
    ("name", "runner"),
    [(name, runner) for name in CHANGES for runner in RUNNERS if runner == "prek" or name in SLOW],
)
def test_a_commit_is_checked_where_it_touches_nodes(name, runner, repo):
    """ONEX-M1-13: whatever of a node a commit adds, edits, removes or moves is found."""
    change, status, said = CHANGES[name]
    change(repo)

    assert run(runner, repo) == (status, said)


@pytest.mark.parametrize("runner", RUNNERS)
def test_all_files_mean_all_nodes(runner, repo):
    """In CI nothing is staged: `--all-files` looks at every node."""
    assert run(runner, repo, "--all-files") == (
        0,
        f"2 nodes of 2 touched; 2 nodes checked: {QUIET}",
    )


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_range_of_commits_is_held_to_its_beginning(runner, repo):
    """A file that any commit of a branch removed touches its node, though HEAD is without it, too."""
    stage(f"rm -q {NEWS}")(repo)
    commit_all(repo)
    write("README")(repo)
    commit_all(repo)

    assert run(runner, repo, "--from-ref=HEAD~2", "--to-ref=HEAD") == (
        1,
        "1 node of 2 touched; 1 node checked: 1 error, 0 warnings",
    )
    assert run(runner, repo, "--from-ref=HEAD~1", "--to-ref=HEAD") == (
        0,
        f"no node of 2 touched; 0 nodes checked: {QUIET}",
    )


@pytest.mark.parametrize("runner", RUNNERS)
def test_how_names_are_split_does_not_change_the_verdict(runner, repo):
    """Two hundred names over several processes at once: each says the same of its part."""
    for number in range(200):
        edit(repo / f"docs/{number}")
    configure(repo, hooks(require_serial=False))
    write(NEWS)(repo)

    status, *said = run(runner, repo)

    assert status == 1
    assert sum(row.startswith("1 node of 2 touched; 1 node checked: 1 error") for row in said) == 1
    assert {row for row in said if row.startswith("no node")} <= {
        f"no node of 2 touched; 0 nodes checked: {QUIET}"
    }


@pytest.mark.parametrize("runner", RUNNERS)
def test_every_hook_runs_by_its_manifest(runner, repo):
    """What a fresh commit shows: three hooks that pass, and none of those that are only asked for."""
    write("README")(repo)

    status, printed = call(runner, repo, "run", "--color=never")

    assert (status, [row.replace(".", "") for row in printed.splitlines() if "..." in row]) == (
        0,
        ["onex validatePassed", "onex tree --checkPassed", "onex lock --checkPassed"],
    )


@pytest.mark.parametrize("runner", RUNNERS)
def test_the_hook_that_mends_is_asked_for(runner, repo):
    """It sorts a `.tree`, and the runner tells that files were changed; the next time it passes."""
    tree = repo / "demo/text/.tree"
    sorted_tree = tree.read_text()
    tree.write_text("entries:\n- other/node.onex\n- clean/node.onex\n")
    git(repo, "add", "-A")
    asked = ("run", "--hook-stage", "manual", "--all-files", "onex-fix")

    first, again = call(runner, repo, *asked), call(runner, repo, *asked)

    assert (first[0], again[0], tree.read_text()) == (1, 0, sorted_tree)


@pytest.mark.parametrize("runner", RUNNERS)
def test_the_manifest_is_one_that_runners_take(runner, tmp_path):
    """Each runner reads it by its own rules."""
    assert (
        subprocess.run([BIN / runner, "validate-manifest", MANIFEST], check=False).returncode == 0
    )


def test_the_lock_hook_sees_a_deletion_in_a_node_that_was_not_touched(repo):
    """What came past the hooks once is found by the next commit, wherever that is."""
    stage(f"rm -q {NEWS}")(repo)
    commit_all(repo)
    write("README")(repo)

    status, printed = call("prek", repo, "run", "--color=never", "onex-lock")

    assert status == 1
    assert "node.py is locked, but is not there" in printed


def commit(repo, *arguments):
    """Commit as a person does, with the hooks that are installed: the status, and what was printed."""
    path = f"{BIN}:{os.environ['PATH']}"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    home = os.fspath(repo.parent / "home")
    ended = subprocess.run(
        ["git", "commit", "-m", "x", *arguments],  # noqa: S607 - a person's git
        cwd=repo,
        env={
            **kept,
            **CLEAN,
            "HOME": home,
            "PRE_COMMIT_HOME": home,
            "PREK_HOME": home,
            "PATH": path,
        },
        check=False,
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_commit_takes_what_it_takes_and_nothing_else(runner, repo):
    """`git commit -a` brings its own index, and a commit of one file leaves the others out."""
    assert call(runner, repo, "install")[0] == 0
    (repo / NEWS).unlink()
    edit(repo / "README")
    git(repo, "add", "README")

    assert commit(repo, "README")[0] == 0
    assert git(repo, "show", "--name-only", "--format=").split() == ["README"]
    status, printed = commit(repo, "-a")
    assert status == 1
    assert "there is no file node.py in the node's folder" in printed
    assert not (repo / NEWS).exists()
