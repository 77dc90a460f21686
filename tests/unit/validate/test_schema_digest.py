"""Recorded digests of schemas: what is no list of them is told, and leads nowhere."""

import os
import shutil
from pathlib import Path

import pytest

from onex.core import lock, node
from onex.core.workspace import Workspace
from onex.validate.engine import validate

ROOT = Path(__file__).parents[3]
DIGEST = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


def link(root):
    (root / "schemas/SHA256SUMS").symlink_to("/etc/passwd")


def pipe(root):
    os.mkfifo(root / "schemas/SHA256SUMS")


def folder(root):
    (root / "schemas/SHA256SUMS").mkdir()


def linked_schema(root):
    (root / "schemas/a.json").symlink_to("/etc/passwd")
    (root / "schemas/SHA256SUMS").write_text(f"{DIGEST}  a.json\n")


def linked_folder(root):
    (root / "schemas/out").symlink_to(ROOT / "schemas")
    (root / "schemas/SHA256SUMS").write_text(f"{DIGEST}  out/common.schema.json\n")


def long_name(root):
    (root / "schemas/SHA256SUMS").write_text(f"{DIGEST}  {'a' * 5000}.json\n")


def large(root):
    (root / "schemas/SHA256SUMS").write_bytes(b"\n" * ((1 << 20) + 1))


MADE = [
    (link, "a symbolic link, which is not followed here, or one that leads in a circle"),
    (pipe, "a named pipe, where a regular file was expected"),
    (folder, "a folder, where a regular file was expected"),
    (linked_schema, "a.json leads out of the folder"),
    (linked_folder, "out/common.schema.json leads out of the folder"),
    (
        long_name,
        f"{'a' * 99}… is recorded, but cannot be read: the path is too long",
    ),
    (large, "the file has 1048577 bytes; at most 1048576 are read"),
]


@pytest.fixture
def root(tmp_path):
    """A locked workspace with one node and a folder for schemas."""
    shutil.copytree(ROOT / "tests/rules/_base", tmp_path, dirs_exist_ok=True)
    lock.write(node.load(os.fspath(tmp_path / "demo/clean")))
    (tmp_path / "schemas").mkdir()
    return tmp_path


def messages(root):
    """What is found in its recorded digests."""
    verdict = validate(Workspace(os.fspath(root)), preview=True)
    return [found["message"] for found in verdict.findings if found["code"] == "ONX206"]


@pytest.mark.parametrize(("make", "message"), MADE, ids=[make.__name__ for make, _ in MADE])
def test_hostile_digests(make, message, root):
    """Nothing outside of the folder is read, and nothing waits."""
    make(root)

    assert messages(root) == [message]


def test_many_differences_are_cut_short(root):
    """A list of another kind is not told line by line."""
    (root / "schemas/SHA256SUMS").write_text("no line\n" * 5000)

    assert len(messages(root)) == 50


def test_schemas_of_onex_are_as_recorded():
    """ONEX-M1-13: the schemas of this repository, by the rule that users have."""
    assert messages(ROOT) == []
