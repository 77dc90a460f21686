"""What the folders hold, against what the `.tree` files say."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core import index, scan, tree
from onex.errors import DocumentError

NODE = "name: x\n"
GIT = shutil.which("git") or "git"


def lay(root, files):
    """The files by name, with their text, below ``root``."""
    for name, text in files.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return os.fspath(root)


def problems(root):
    """Kind, file and message of everything that is wrong with the tree at ``root``."""
    index = tree.read(root)
    found = index.problems + scan.check(index)
    return [(p.kind, os.path.relpath(p.path, root), p.message) for p in found]


# ONEX-M1-12, ONEX-P-03
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".tree": "entries:\n"}, []),
        ({".tree": "entries: []\n"}, []),
        (
            {
                ".tree": "entries:\n- a/\n",
                "a/.tree": "entries:\n- n/node.onex\n",
                "a/n/node.onex": NODE,
            },
            [],
        ),
        ({".tree": "entries:\n- n/node.onex.yaml\n", "n/node.onex.yaml": NODE}, []),
        (
            {".tree": "entries:\n", "a/n/node.onex": NODE},
            [("unlisted", ".tree", "a/ exists, but is not listed here")],
        ),
        (
            {".tree": "entries:\n- n/node.onex\n"},
            [("dangling", ".tree", "n/node.onex does not exist")],
        ),
        (
            {".tree": "entries:\n- n/node.onex\n", "n/node.onex.yaml": NODE},
            [
                ("dangling", ".tree", "n/node.onex does not exist"),
                ("unlisted", ".tree", "n/node.onex.yaml exists, but is not listed here"),
            ],
        ),
        (
            {".tree": "entries:\n- a/\n", "a/x.txt": ""},
            [("missing", "a/.tree", "no such file; each folder of the tree needs an index")],
        ),
        (
            {".tree": "entries:\n- b/\n- a/\n", "a/.tree": "entries:\n", "b/.tree": "entries:\n"},
            [("unsorted", ".tree", "the entries are not sorted: a/ belongs before b/")],
        ),
        ({".tree": "entries:\n", "notes/x.txt": "", "notes/deep/y.txt": ""}, []),
        (
            {".tree": "entries:\n", ".hidden/n/node.onex": NODE, "node_modules/n/node.onex": NODE},
            [],
        ),
        ({".tree": "entries:\n", "env/pyvenv.cfg": "", "env/n/node.onex": NODE}, []),
        (
            {
                ".tree": "entries:\n",
                ".onexignore": "/drafts/\n*.onex\n",
                "drafts/n/node.onex": NODE,
                "x.onex": "",
            },
            [],
        ),
        ({".tree": "entries:\n- n/node.onex\n", "n/node.onex": NODE, "n/in/node.onex": NODE}, []),
        (
            {".tree": "entries:\n", "x.onex": NODE},
            [("stray", "x.onex", "a stray .onex file: it is not the document of a node's folder")],
        ),
    ],
)
def test_tree_and_folders_are_compared(files, expected, tmp_path):
    """Everything that differs is reported at the `.tree` that ought to say otherwise."""
    assert sorted(problems(lay(tmp_path, files))) == sorted(expected)


@pytest.mark.parametrize("name", ["Bad", "bad name", "1a", "a.b", "ä", "-a", "_a", "a" * 65])
def test_folder_that_no_id_can_name(name, tmp_path):
    """A node in a folder of such a name cannot be listed, and is not lost either."""
    root = lay(tmp_path, {".tree": "entries:\n", f"{name}/n/node.onex": NODE})

    (found,) = problems(root)
    assert found[:2] == ("stray", f"{name}/n/node.onex")
    assert scan.write(root) == []


def test_symbolic_links_are_not_followed(tmp_path):
    """A link back up the tree is a cycle where it is listed, and nothing where it is not."""
    root = lay(tmp_path, {".tree": "entries:\n- a/\n", "a/.tree": "entries:\n- up/\n"})
    os.symlink("..", tmp_path / "a/up")

    assert [kind for kind, *_ in problems(root)] == ["cycle"]
    scan.write(root)
    assert problems(root) == []


def test_tree_deeper_than_the_limit(tmp_path):
    """A tree that never seems to end is cut off with a message, not with an error."""
    folder = tmp_path
    for _ in range(tree.MOST_DEPTH + 2):
        (folder / ".tree").write_text("entries:\n- a/\n")
        folder /= "a"
        folder.mkdir()

    assert [p.message for p in tree.read(os.fspath(tmp_path)).problems] == [
        f"lies more than {tree.MOST_DEPTH} folders deep"
    ]


def test_root_without_index_is_an_error(tmp_path):
    """Nothing to look at is not nothing to find."""
    with pytest.raises(DocumentError, match="a tree needs an index") as caught:
        tree.read(os.fspath(tmp_path))
    assert caught.value.help == "run `onex init`"


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("entries:\n- a/\nowner: me\n", "metadata", (3, 1)),
        ("entires:\n- a/\n", "malformed", (1, 1)),
        ("owner: me\n", "malformed", (1, 1)),
        ("- a/\n", "malformed", (1, 1)),
        ("entries: a/\n", "malformed", (1, 10)),
        ("entries:\n- a/\n- ../b/\n", "malformed", (3, 3)),
        ("entries:\n- a/\n- /etc/\n", "malformed", (3, 3)),
        ("entries:\n- a/\n- a/b/\n", "malformed", (3, 3)),
        ("entries:\n- a/\n- a/other.onex\n", "malformed", (3, 3)),
        ("entries:\n- a/\n- a/\n", "malformed", (3, 3)),
        ("entries:\n- {a: 1}\n", "malformed", (2, 3)),
        ("", "malformed", (1, 1)),
        ("entries:\n- c/\n- b/\n- a/\n", "unsorted", (3, 3)),
    ],
)
def test_file_is_judged_by_itself(text, kind, place, tmp_path):
    """What is wrong with one `.tree` is found at its line."""
    (tmp_path / ".tree").write_text(text)

    (problem,) = index.judge(os.fspath(tmp_path / ".tree"))
    assert (problem.kind, problem.at) == (kind, place)
    assert problem.help


segments = st.from_regex(r"[a-z][a-z0-9_-]{0,3}", fullmatch=True)
trees = st.recursive(
    st.sampled_from(["node", "empty"]),
    lambda below: st.dictionaries(segments, below, max_size=4),
    max_leaves=12,
)


def plant(folder, shape):
    """Folders and nodes of that shape below ``folder``."""
    folder.mkdir(exist_ok=True)
    if shape == "node":
        (folder / "node.onex").write_text(NODE)
    for name, below in shape.items() if isinstance(shape, dict) else ():
        plant(folder / name, below)


@given(st.dictionaries(segments, trees, max_size=4), st.randoms())
def test_writing_heals_any_tree(shape, random):
    """After `tree --write` nothing is wrong, every node is listed, and writing again does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plant(root, shape)
        for path in root.glob("**/"):
            if random.random() < 0.5:
                text = random.choice(
                    ["entries:\n", "# mine\nentries:\n- gone/\n", "entries:\n- b/\n- a/\n"]
                )
                (path / ".tree").write_text(text)
        for path in root.glob("**/node.onex"):
            (path.parent / ".tree").unlink(missing_ok=True)
        scan.write(folder)

        assert problems(folder) == []
        assert scan.write(folder) == []
        listed = {os.path.join(ref.folder, ref.file) for ref in tree.read(folder).nodes}
        assert listed == {os.fspath(path) for path in root.glob("**/node.onex")}


def test_writing_keeps_the_comment_at_the_head(tmp_path):
    """What a person wrote above the entries stays."""
    root = lay(tmp_path, {".tree": "# ours\n# still\nentries:\n# gone\n", "n/node.onex": NODE})

    assert scan.write(root) == [os.path.join(root, ".tree")]
    assert (tmp_path / ".tree").read_text() == "# ours\n# still\nentries:\n- n/node.onex\n"


def git(folder, *arguments):
    """Run git in ``folder``, with an identity and nothing of the user's settings."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(
        [GIT, *who, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env=os.environ | quiet,
    )


def test_branches_that_add_nodes_merge(tmp_path):
    """With `merge=union` both lines stay: at worst unsorted, which is a warning and heals."""
    root = lay(tmp_path, {".tree": "entries:\n", ".gitattributes": ".tree merge=union\n"})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    for name in ("zebra", "ant", "bee"):
        git(root, "checkout", "-qb", name, "main")
        lay(tmp_path, {f"{name}/node.onex": NODE})
        scan.write(root)
        git(root, "add", "-A")
        git(root, "commit", "-qm", name)
    git(root, "checkout", "-q", "main")
    for name in ("zebra", "ant", "bee"):
        git(root, "merge", "-q", "-m", "merge", name)

    assert {kind for kind, *_ in problems(root)} <= {"unsorted"}
    assert len(tree.read(root).nodes) == 3
    scan.write(root)
    assert problems(root) == []
