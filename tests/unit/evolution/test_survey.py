"""What two folders of nodes hold: digests first, then documents."""

import json
import os

import pytest
from tests.node_states import CONTRACT, NODE

from onex.errors import DocumentError
from onex.evolution.folders import FolderShelf
from onex.evolution.survey import survey


def put(root, names, **changes):
    """A tree with these nodes below `demo/`."""
    (root / "demo").mkdir(parents=True, exist_ok=True)
    (root / ".tree").write_text("entries:\n- demo/\n")
    entries = "".join(f"- {name}/node.onex\n" for name in sorted(names))
    (root / "demo" / ".tree").write_text(f"entries:\n{entries}")
    for index, name in enumerate(names):
        folder = root / "demo" / name
        folder.mkdir()
        uuid = f"00000000-0000-4000-8000-00000000000{index}"
        value = {**NODE, "namespace": "demo", "name": name, "uuid": uuid, **changes}
        (folder / "node.onex").write_text(json.dumps(value))
        (folder / "state_contract.json").write_text(json.dumps(CONTRACT))
        (folder / "node.py").write_text("def run(text): return {}\n")
    return FolderShelf(str(root), str(root))


@pytest.fixture
def shelves(tmp_path):
    """Two trees with the nodes a and b."""
    return put(tmp_path / "old", ["a", "b"]), put(tmp_path / "new", ["a", "b"])


def told(found):
    """The ids on both sides of each pair."""
    return [
        tuple(state and (state.node.id if state.node else "unreadable") for state in pair)
        for pair in found.pairs
    ]


def test_nothing_is_loaded_where_nothing_has_changed(shelves, monkeypatch):
    """A digest decides; no document is parsed."""
    monkeypatch.setattr("onex.evolution.survey.load", None)
    found = survey(*shelves)

    assert (found.compared, found.unchanged, found.pairs) == (2, 2, [])


CHANGES = {
    "a byte": lambda folder: (folder / "node.py").write_text("x"),
    "a file more": lambda folder: (folder / "more.txt").write_text("x"),
    "a file fewer": lambda folder: (folder / "node.py").unlink(),
    "a mode": lambda folder: (folder / "node.py").chmod(0o755),
    "a link": lambda folder: ((folder / "node.py").unlink(), (folder / "node.py").symlink_to("x")),
    "a pipe": lambda folder: ((folder / "node.py").unlink(), os.mkfifo(folder / "node.py")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_a_file_is_seen(shelves, tmp_path, change):
    """Its bytes, its mode, its kind; a pipe is not opened (P4)."""
    CHANGES[change](tmp_path / "new" / "demo" / "b")
    found = survey(*shelves)

    assert (found.unchanged, told(found)) == (1, [("demo.b", "demo.b")])


@pytest.mark.parametrize("name", ["__pycache__/x.pyc", ".onex-tmp-1"])
def test_caches_and_debris_are_no_files_of_a_node(shelves, tmp_path, name):
    """As for the lock."""
    path = tmp_path / "new" / "demo" / "b" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")

    assert survey(*shelves).unchanged == 2


def test_what_is_ignored_is_not_told(shelves, tmp_path):
    """What `.onexignore` names is in no lock, and no change; what is needed stays."""
    for side in ("old", "new"):
        (tmp_path / side / "demo" / "b" / ".onexignore").write_text("*.log\nnode.py\n")
    (tmp_path / "new" / "demo" / "b" / "x.log").write_text("x")
    ((_, state),) = survey(*shelves).pairs

    assert sorted(state.files) == [".onexignore", "node.py", "state_contract.json"]


def test_nodes_are_matched_by_id_then_by_uuid(tmp_path):
    """A folder that has moved, a node that was renamed, one that came and one that went."""
    old = put(tmp_path / "old", ["a", "b", "c"])
    new = put(tmp_path / "new", ["x", "y", "z"])
    for folder, changes in {
        "x": {"name": "a"},
        "y": {"name": "bb"},
        "z": {"uuid": "00000000-0000-4000-8000-000000000009"},
    }.items():
        path = tmp_path / "new" / "demo" / folder / "node.onex"
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    assert told(survey(old, new)) == [
        ("demo.a", "demo.a"),
        ("demo.b", "demo.bb"),
        ("demo.c", None),
        (None, "demo.z"),
    ]


UNREADABLE = {
    "document": ("node.onex", b"\xff", "byte 0xFF is not UTF-8; save the file as UTF-8"),
    "schema": ("node.onex", b"{}", "this is no node document: it has none of entrypoint, lifecycle, metadata_version, state_contract"),
    "contract": ("state_contract.json", b"{}", "missing key 'contract_version'"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_kept_as_a_problem(shelves, tmp_path, kind):
    """It does not keep the others from being compared."""
    name, data, problem = UNREADABLE[kind]
    (tmp_path / "new" / "demo" / "a" / name).write_bytes(data)
    ((_, state),) = survey(*shelves).pairs

    assert (state.problem.problem, state.problem.path) == (
        problem,
        str(tmp_path / "new" / "demo" / "a" / name),
    )


def test_a_tree_that_may_hide_nodes_is_refused(shelves, tmp_path):
    """A node that is not seen could not be missed."""
    (tmp_path / "new" / "demo" / ".tree").write_text("entries:\n- a/node.onex\n- gone/node.onex\n")

    with pytest.raises(DocumentError, match=r"gone/node\.onex does not exist"):
        survey(*shelves)
