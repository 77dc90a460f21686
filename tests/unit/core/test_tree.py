"""The `.tree` files by themselves: adding to them, and the digest over them."""

import os

import pytest

from onex.core import tree


def test_adding_lists_the_folders_on_the_way(tmp_path):
    """The way from the root to the node is complete, and what was there stays."""
    (tmp_path / ".tree").write_text("# mine\nentries:\n- z/\n")
    (tmp_path / "a/b/n").mkdir(parents=True)

    tree.add(os.fspath(tmp_path), ("a", "b", "n"), "node.onex")
    tree.add(os.fspath(tmp_path), ("a", "b", "n"), "node.onex")

    assert (tmp_path / ".tree").read_text() == "# mine\nentries:\n- a/\n- z/\n"
    assert (tmp_path / "a/.tree").read_text() == "entries:\n- b/\n"
    assert (tmp_path / "a/b/.tree").read_text() == "entries:\n- n/node.onex\n"


@pytest.fixture
def planted(tmp_path):
    """A tree with two nodes in two folders."""
    for folder, entries in ((".", ["a/", "m/node.onex"]), ("a", ["n/node.onex"])):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / ".tree").write_text(
            "entries:\n" + "".join(f"- {e}\n" for e in entries)
        )
    for folder in ("m", "a/n"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "node.onex").touch()
    return tmp_path


def test_nodes_come_in_tree_order(planted):
    """Order, place and line of each node, as the files say them."""
    found = tree.read(os.fspath(planted))

    assert found.problems == []
    assert [(ref.segments, ref.line, ref.file) for ref in found.nodes] == [
        (("m",), 3, "node.onex"),
        (("a", "n"), 2, "node.onex"),
    ]


def digest_with(root, m, n):
    """The digest of the planted tree with these hashes of its nodes."""
    hashes = {os.fspath(root / "m"): m, os.fspath(root / "a/n"): n}
    return tree.tree_digest(tree.read(os.fspath(root)), hashes)


def test_digest_covers_entries_and_hashes(planted):
    """Each hash, each place and each name of a node changes the digest; order does not."""
    digests = {
        digest_with(planted, *hashes)
        for hashes in (("1", "2"), ("2", "1"), ("1", "1"), ("1", None), (None, None))
    }
    before = digest_with(planted, "1", "2")
    (planted / ".tree").write_text("entries:\n- m/node.onex\n- a/\n")

    assert len(digests) == 5
    assert digest_with(planted, "1", "2") == before
    (planted / "a/.tree").write_text("entries:\n- n/node.onex\n- o/\n")
    (planted / "a/o").mkdir()
    (planted / "a/o/.tree").write_text("entries:\n")
    assert digest_with(planted, "1", "2") != before
