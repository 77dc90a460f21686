"""Where a new node may lie."""

import errno
import os
import re
from pathlib import Path

import pytest

from onex.errors import OnexError, RefusedError, UsageError
from onex.scaffold.target import DEVICES, find_target


def test_the_place_of_a_node_follows_from_its_id(tmp_path: Path):
    """`demo.text.clean` lies in demo/text/clean, whatever of that exists."""
    for depth in range(3):
        target = find_target(str(tmp_path), "demo.text.clean")
        assert (target.folder, target.depth) == (f"{tmp_path}/demo/text/clean", depth)
        assert target.anchor == str(tmp_path.joinpath(*["demo", "text"][:depth]))
        assert target.entry == str(tmp_path.joinpath(*["demo", "text", "clean"][: depth + 1]))
        assert target.containers() == [
            str(tmp_path.joinpath(*["demo", "text"][:count])) for count in range(depth + 1)
        ]
        Path(target.entry).mkdir()


@pytest.mark.parametrize(
    "node_id",
    [
        "", "demo", ".", "..", "demo.", ".demo", "demo..x", "demo/text.x", "/demo.x", "~.x", "../x.y",
        "demo\\x.y", "c:demo.x", "\\\\host.x", "Demo.x", "demo.x\n", "demo.x\0", "demo.\u202ex",
        "demo.x ", "demo. x", "d\u00e9mo.x", "\u0434emo.x", "demo.\u200bx", "1demo.x", "-demo.x", "demo.x$(id)",
        "demo." + "x" * 65, ".".join(["x"] * 200),
    ],
)  # fmt: skip
def test_p1_what_is_no_id_is_refused(node_id: str, tmp_path: Path):
    """Only names of the positive pattern become folders; the message shows the id escaped."""
    # P1, P6, P9
    with pytest.raises(UsageError) as caught:
        find_target(str(tmp_path), node_id)

    assert caught.value.message == (
        f"{node_id!a} is no node id: two or more names joined by dots "
        "(lower-case letters, digits, _ and -, a letter first)"
    )


@pytest.mark.parametrize("device", sorted(DEVICES))
def test_p8_a_device_of_windows_is_no_name(device: str, tmp_path: Path):
    """A tree can be checked out on Windows."""
    for node_id in (f"demo.{device}", f"{device}.demo"):
        with pytest.raises(RefusedError, match=f"'{device}' is the name of a device"):
            find_target(str(tmp_path), node_id)


def test_the_namespace_of_the_shipped_nodes_is_reserved(tmp_path: Path):
    """No node of a workspace can be taken for one that onex ships."""
    with pytest.raises(RefusedError, match="belongs to the nodes that onex ships"):
        find_target(str(tmp_path), "onex.mine")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda root: (root / "a/b/c").mkdir(parents=True), "{root}/a/b/c exists already"),
        (lambda root: (root / "a").write_text(""), "{root}/a is no folder"),
        (lambda root: (root / "a").symlink_to(root.parent), "{root}/a is a symbolic link"),
        (lambda root: (root / "a").symlink_to("nowhere"), "{root}/a is a symbolic link"),
        (lambda root: (root / "a").symlink_to("a"), "{root}/a is a symbolic link"),
        (
            lambda root: ((root / "a/b").mkdir(parents=True), (root / "a/b/c").symlink_to("/")),
            "{root}/a/b/c is a symbolic link",
        ),
        (
            lambda root: ((root / "a").mkdir(), (root / "a/node.onex").write_text("")),
            "{root}/a is a node, and a node holds no other node",
        ),
        (
            lambda root: ((root / "a/b").mkdir(parents=True), (root / "a/b/node.onex.yaml").touch()),
            "{root}/a/b is a node, and a node holds no other node",
        ),
    ],
    ids=[
        "taken", "file", "link", "dangling", "loop", "taken-by-link", "in-node", "in-other-spelling",
    ],
)  # fmt: skip
def test_p2_a_place_that_is_taken_is_refused(prepare, message, tmp_path: Path):
    """Nothing is overwritten, no link is followed, and no node comes into another."""
    # P2, P3
    prepare(tmp_path)
    expected = f"a.b.c: {message.format(root=tmp_path)}"

    with pytest.raises(OnexError, match=re.escape(expected)):
        find_target(str(tmp_path), "a.b.c")


def test_a_place_that_cannot_be_looked_at_is_refused(tmp_path: Path, monkeypatch):
    """What cannot be seen is not taken for absent."""

    def lstat(path: str) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "lstat", lstat)
    with pytest.raises(RefusedError, match="a cannot be looked at: Permission denied"):
        find_target(str(tmp_path), "a.b")
