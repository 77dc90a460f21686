"""Two people work on one workspace: what git merges by itself, and what one command ends."""

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.repositories import commit_all, git

CLEAN = "demo/text/clean"


@pytest.fixture
def repository(onex, workspace):
    """The workspace, committed: one node with two files besides."""
    for name in ("a.txt", "b.txt"):
        (workspace / CLEAN / name).write_text("as it was\n")
    (workspace / ".gitignore").write_text("reports/\n")
    onex("lock")
    commit_all(workspace)
    return workspace


@pytest.fixture
def branch(onex, repository):
    """Makes a branch from where `main` began: what it does, and its lock."""
    git(repository, "tag", "start")

    def make(name, change):
        git(repository, "checkout", "-q", "-B", name, "start")
        change()
        assert onex("lock").exit_code == 0
        commit_all(repository, name)

    return make


def merged(root, *command, style="merge"):
    """Whether git could do ``command`` by itself."""
    try:
        git(root, "-c", f"merge.conflictStyle={style}", *command)
    except subprocess.CalledProcessError:
        return False
    return True


def edit(root, path, text="as it is now\n"):
    """Gives the file at ``path`` another text."""
    (root / path).write_text(text)


def has_marks(root):
    """The files of the workspace with a mark of a conflict."""
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts and b"<<<<<<< " in path.read_bytes()
    ]


def test_branches_that_edit_different_nodes(onex, repository, branch):
    """Git merges them, and nothing is stale."""
    onex("scaffold", "demo.text.other")
    onex("lock")
    commit_all(repository)
    git(repository, "tag", "-f", "start")
    branch("one", lambda: edit(repository, f"{CLEAN}/a.txt"))
    branch("two", lambda: edit(repository, "demo/text/other/new.txt"))

    assert merged(repository, "merge", "-q", "one")
    assert onex("lock", "--check").stdout == "2 nodes checked: all as locked\n"


def test_branches_that_add_nodes(onex, repository, branch):
    """In one container and in new ones: git merges them, and one command puts them in order."""
    branch("one", lambda: [onex("scaffold", name) for name in ("demo.text.zoo", "lab.new.one")])
    branch("two", lambda: [onex("scaffold", name) for name in ("demo.text.ant", "lab.new.two")])

    assert merged(repository, "merge", "-q", "one")
    onex("lock")
    assert onex("tree", "--check").stdout == "5 nodes listed: 0 problems\n"
    assert onex("lock", "--check").stdout == "5 nodes checked: all as locked\n"
    changed = git(repository, "diff", "--name-only").split()
    assert set(changed) <= {"demo/text/.tree", "lab/new/.tree"}


def test_branches_that_add_and_take_away(onex, repository, branch):
    """A union brings back the line of a node that is gone; the same command heals that."""
    onex("scaffold", "demo.text.yak")
    commit_all(repository)
    git(repository, "tag", "-f", "start")
    branch("one", lambda: [git(repository, "rm", "-rq", CLEAN), onex("tree", "--write")])
    branch("two", lambda: onex("scaffold", "demo.text.zoo"))

    assert merged(repository, "merge", "-q", "one")
    assert onex("lock").exit_code == 0
    assert (repository / "demo/text/.tree").read_text() == (
        "entries:\n- yak/node.onex\n- zoo/node.onex\n"
    )
    assert onex("tree", "--check").stdout == "2 nodes listed: 0 problems\n"


WAYS = {
    "merge": (["merge", "-q"], "merge"),
    "merge_diff3": (["merge", "-q"], "diff3"),
    "merge_zdiff3": (["merge", "-q"], "zdiff3"),
    "rebase": (["rebase", "-q"], "merge"),
    "cherry_pick": (["cherry-pick"], "diff3"),
}
"""Commands of git that bring two changes together, and how it marks what it cannot."""


@pytest.mark.parametrize("case", WAYS)
def test_branches_that_edit_files_of_one_node(onex, repository, branch, case):
    """FAULTS I11: the conflict is in the lock alone; each command says what ends it, and that does."""
    way, style = WAYS[case]
    branch("one", lambda: edit(repository, f"{CLEAN}/a.txt"))
    branch("two", lambda: edit(repository, f"{CLEAN}/b.txt"))

    assert not merged(repository, *way, "one", style=style)
    assert has_marks(repository) == [f"{CLEAN}/node.onex"]
    help_line = "  help: run `onex lock demo.text.clean`: the conflict is confined to the lock"
    check, run = onex("lock", "--check"), onex("run", "demo.text.clean")
    assert (check.exit_code, run.exit_code, onex("validate").exit_code) == (1, 2, 1)
    assert help_line in check.stdout
    assert help_line in run.stderr
    assert help_line in onex("validate").stdout

    lock = onex("lock")
    assert (lock.exit_code, lock.stdout) == (
        0,
        "locked demo.text.clean\n1 node locked, 1 changed\n",
    )
    assert has_marks(repository) == []
    assert onex("lock", "--check").stdout == "1 node checked: all as locked\n"
    assert onex("validate").exit_code == 0


def test_a_conflict_that_ends_as_our_side_had_it(onex, repository, branch):
    """The marks go although the lock that is computed is the one that stood above them."""
    branch("one", lambda: edit(repository, f"{CLEAN}/a.txt", "one\n"))
    branch("two", lambda: edit(repository, f"{CLEAN}/a.txt", "two\n"))
    assert not merged(repository, "merge", "-q", "one")
    edit(repository, f"{CLEAN}/a.txt", "two\n")

    assert onex("lock").stdout == "locked demo.text.clean\n1 node locked, 1 changed\n"
    assert has_marks(repository) == []
    assert git(repository, "diff", "--name-only", "HEAD") == ""


def test_a_node_that_was_renamed(onex, repository, branch):
    """Git finds the renamed folder again, and the lock of the merge is computed anew."""

    def rename():
        git(repository, "mv", CLEAN, "demo/text/tidy")
        path = repository / "demo/text/tidy/node.onex"
        path.write_text(path.read_text().replace("name: clean", "name: tidy"))

    branch("one", rename)
    branch("two", lambda: edit(repository, f"{CLEAN}/b.txt"))

    assert not merged(repository, "merge", "-q", "one")
    assert has_marks(repository) == ["demo/text/tidy/node.onex"]
    assert onex("lock").stdout.splitlines()[-2:] == [
        "locked demo.text.tidy",
        "1 node locked, 1 changed",
    ]
    assert (repository / "demo/text/tidy/b.txt").read_text() == "as it is now\n"
    assert onex("validate").exit_code == 0


def test_what_a_person_has_to_decide_is_left(onex, repository, branch):
    """A node with a conflict in its version, or in a file, keeps it; the others are locked."""
    onex("scaffold", "demo.text.other")
    onex("lock")
    commit_all(repository)
    git(repository, "tag", "-f", "start")

    def change(name):
        for path in (f"{CLEAN}/a.txt", "demo/text/other/new.txt"):
            edit(repository, path, f"{name}\n")
        path = repository / CLEAN / "node.onex"
        path.write_text(path.read_text().replace('"0.1.0"', f'"0.{len(name)}.0"', 1))

    branch("one", lambda: change("one"))
    branch("three", lambda: change("three"))
    assert not merged(repository, "merge", "-q", "one")
    before = {path: (repository / path).read_bytes() for path in has_marks(repository)}

    result = onex("lock")

    assert (result.exit_code, result.stdout) == (
        2,
        "0 nodes locked, 0 changed, 2 left with a merge conflict\n",
    )
    version = next(
        number
        for number, line in enumerate(before[f"{CLEAN}/node.onex"].decode().splitlines(), 1)
        if line.startswith("version:")
    )
    assert result.stderr == (
        f"onex: {CLEAN}/node.onex:{version}:1: the two sides of a merge differ in 'version': '0.5.0' and '0.3.0'\n"
        "  help: keep the lines that hold, and remove the others with the marks `<<<<<<<`, `=======` and `>>>>>>>`\n"
        "onex: demo/text/other/new.txt:1:1: an unresolved merge conflict starts here, and would be locked\n"
        "  help: resolve it, then lock again; `onex lock --allow-marks` locks it as it is\n"
    )
    assert {path: (repository / path).read_bytes() for path in has_marks(repository)} == before

    edit(repository, "demo/text/other/new.txt")
    git(repository, "checkout", "--ours", CLEAN)
    edit(repository, f"{CLEAN}/a.txt")
    assert onex("lock").exit_code == 0
    assert onex("validate").exit_code == 0


def test_marks_that_are_meant(onex, repository):
    """A file about merges may hold marks, once somebody has said so."""
    edit(repository, f"{CLEAN}/a.txt", "<<<<<<< ours\n=======\n>>>>>>> theirs\n")

    check = onex("lock", "--check").stdout.splitlines()[0]
    assert check.endswith(
        "a.txt has changed since it was locked: an unresolved merge conflict starts on its line 1"
    )
    assert onex("lock").exit_code == 2
    assert onex("lock", "--allow-marks").exit_code == 0
    assert onex("lock").stdout == "1 node locked, 0 changed\n"


def test_a_tree_without_the_attribute(onex, repository, branch):
    """The marks stand among the entries alone, so what is there is listed anew."""
    (repository / ".gitattributes").unlink()
    commit_all(repository)
    git(repository, "tag", "-f", "start")
    branch("one", lambda: onex("scaffold", "demo.text.zoo"))
    branch("two", lambda: onex("scaffold", "demo.text.yak"))
    assert not merged(repository, "merge", "-q", "one")
    assert has_marks(repository) == ["demo/text/.tree"]

    check = onex("tree", "--check")
    assert check.exit_code == 1
    assert "demo/text/.tree:3:1: an unresolved merge conflict starts here" in check.stdout
    assert "  help: run `onex tree --write`: it lists what is there\n" in check.stdout
    scaffold = onex("scaffold", "demo.text.new")
    assert scaffold.exit_code == 1
    assert "  help: run `onex tree --write`: it lists what is there\n" in scaffold.stderr
    assert onex("tree", "--write").stdout == "wrote demo/text/.tree\n1 file written\n"
    assert onex("tree", "--check").stdout == "3 nodes listed: 0 problems\n"
    assert (repository / "demo/text/.tree").read_text() == (
        "entries:\n- clean/node.onex\n- yak/node.onex\n- zoo/node.onex\n"
    )


TEXT = "# Locks are digests of bytes: git must not convert line ends here.\n* -text\n"
UNION = "# Where two branches list new nodes, the lines of both are right.\n.tree merge=union\n"
INDEX = "# So are those about the runs of both.\nreports/runs/index.jsonl merge=union\n"
YAML = (
    "# Hosts of repositories show these as the YAML that they are.\n"
    "*.onex linguist-language=YAML\n.tree linguist-language=YAML\n"
)
DECIDED = (
    "* binary\n**/.tree -merge -linguist-language\nreports/runs/index.jsonl merge=ours\n"
    "*.onex !linguist-language\n"
)


def test_a_tree_that_ends_as_our_side_had_it(onex, repository, branch):
    """The marks go although what is there is what stood above them."""
    (repository / ".gitattributes").unlink()
    commit_all(repository)
    git(repository, "tag", "-f", "start")
    branch("one", lambda: onex("scaffold", "demo.text.zoo"))
    branch("two", lambda: onex("scaffold", "demo.text.yak"))
    assert not merged(repository, "merge", "-q", "one")
    shutil.rmtree(repository / "demo/text/zoo")

    onex("tree", "--write")
    assert (repository / "demo/text/.tree").read_text() == (
        "entries:\n- clean/node.onex\n- yak/node.onex\n"
    )


ATTRIBUTES = {
    "nothing": ("", TEXT + UNION + INDEX + YAML),
    "others": ("*.png binary\n", f"{TEXT}{UNION}{INDEX}{YAML}*.png binary\n"),
    "no_last_line_end": ("*.png binary", f"{TEXT}{UNION}{INDEX}{YAML}*.png binary"),
    "crlf": ("* text=auto\r\n", (UNION + INDEX + YAML).replace("\n", "\r\n") + "* text=auto\r\n"),
    "mark": ("\ufeff* -text\n", f"\ufeff{UNION}{INDEX}{YAML}* -text\n"),
    "decided": (DECIDED, DECIDED),
    "about_others": (
        "a/* -text\nx.tree merge=union\n",
        f"{TEXT}{UNION}{INDEX}{YAML}a/* -text\nx.tree merge=union\n",
    ),
}
"""Attributes of git that are there, and what they are completed to."""


@pytest.mark.parametrize("case", ATTRIBUTES)
def test_init_completes_the_attributes(onex, tmp_path, case):
    """What is missing goes in front, so that the user's own lines win; a second time nothing does."""
    text, wanted = ATTRIBUTES[case]
    path = tmp_path / ".gitattributes"
    path.write_bytes(text.encode())

    assert onex("init", ".").exit_code == 0
    assert path.read_bytes().decode() == wanted

    assert "kept  .gitattributes" in onex("init", ".").stdout
    assert path.read_bytes().decode() == wanted


def test_branches_with_runs(onex, repository):
    """Where evidence is committed, the index of the runs has the lines of both."""
    (repository / ".gitignore").unlink()
    commit_all(repository)
    git(repository, "checkout", "-q", "-b", "one")
    for name in ("one", "main"):
        git(repository, "checkout", "-q", name)
        onex("wrap", "--pipeline-id", name, "--", "true")
        commit_all(repository, name)

    assert merged(repository, "merge", "-q", "one")
    listed = onex("runs", "list").stdout
    assert ("__one__" in listed, "__main__" in listed) == (True, True)
    assert onex("runs", "check", "--all").exit_code == 0


def test_init_leaves_attributes_that_are_a_link(onex, tmp_path):
    """Git does not follow it, and neither is it replaced."""
    (tmp_path / ".gitattributes").symlink_to("elsewhere")

    assert "kept  .gitattributes" in onex("init", ".").stdout
    assert Path(tmp_path / ".gitattributes").is_symlink()
