"""A node as it lies on disk."""

import os
import shutil
from pathlib import Path

import pytest

from onex.core import node
from onex.errors import DocumentError

BASE = Path(__file__).parents[2] / "rules/_base/demo/clean"


@pytest.fixture
def folder(tmp_path):
    """The folder of a node."""
    shutil.copytree(BASE, tmp_path / "clean")
    return tmp_path / "clean"


def test_node_is_what_its_document_says(folder):
    """Id, stage, limits with defaults, and the contract of its file."""
    found = node.load(os.fspath(folder))

    assert (found.id, found.lifecycle, found.folder) == ("demo.clean", "draft", os.fspath(folder))
    assert found.limits == node.Limits(wall_ms=60_000, ram_mb=1_024, result_bytes=10_485_760)
    assert [case["name"] for case in found.contract.cases] == ["trims"]


def test_other_name_of_the_document(folder):
    """node.onex.yaml will do; both at once will not, nor none, nor a link."""
    (folder / "node.onex").rename(folder / "node.onex.yaml")
    assert node.load(os.fspath(folder)).id == "demo.clean"
    (folder / "node.onex").touch()
    with pytest.raises(DocumentError, match="a node has one document"):
        node.load(os.fspath(folder))
    (folder / "node.onex.yaml").unlink()
    (folder / "node.onex").unlink()
    with pytest.raises(DocumentError, match="no such file"):
        node.load(os.fspath(folder))
    (folder / "node.onex").symlink_to(BASE / "node.onex")
    with pytest.raises(DocumentError, match="a symbolic link"):
        node.load(os.fspath(folder))


# ONEX-M1-08
@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.0.9", None),
        ("1.7.0", None),
        ("2.0.0", "metadata_version is of edition 2.0, but this onex reads edition 1.x"),
        ("0.9.0", "metadata_version is of edition 0.9, but this onex reads edition 1.x"),
        (
            "99999999999.0.0",
            "metadata_version is of edition 99999999999.0, but this onex reads edition 1.x",
        ),
        ("\u0661.0.0", "metadata_version '\u0661.0.0' does not have the form that is wanted"),
    ],
)
def test_editions(folder, version, message):
    """A newer minor edition is read leniently; another major one is refused with guidance."""
    path = folder / "node.onex"
    extra = "later: 1\n" if version == "1.7.0" else ""
    path.write_text(
        path.read_text().replace('metadata_version: "1.0.0"', f'metadata_version: "{version}"')
        + extra
    )
    if message is None:
        node.load(os.fspath(folder))
        return
    with pytest.raises(DocumentError) as caught:
        node.load(os.fspath(folder))
    assert (caught.value.problem, caught.value.line, caught.value.column) == (message, 1, 19)
    assert caught.value.help
