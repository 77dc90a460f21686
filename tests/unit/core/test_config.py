"""Settings: where they stand, and what is said when they are wrong."""

import os

import pytest

from onex.core import config
from onex.errors import DocumentError


def test_places(tmp_path):
    """onex.toml is read before pyproject.toml; without either there are no settings."""
    root = os.fspath(tmp_path)
    assert config.read(root) == {}
    (tmp_path / "pyproject.toml").write_text("[tool.other]\na = 1\n")
    assert config.read(root) == {}
    (tmp_path / "pyproject.toml").write_text('[tool.onex]\nowner = "a"\n')
    assert config.read(root) == {"owner": "a"}
    (tmp_path / "onex.toml").write_text('owner = "b"\n')
    assert config.read(root) == {"owner": "b"}


@pytest.mark.parametrize(
    ("data", "words", "hint"),
    [
        (b"owner = ", "is not TOML", None),
        (b"owner = '\xff'", "1:10: byte 0xFF is not UTF-8", None),
        (b"owner = 1", "owner must be a string, but is an integer: 1", None),
        (b"onwer = 'a'", "unknown key 'onwer'", "did you mean 'owner'?"),
    ],
)
def test_wrong_settings_are_named(tmp_path, data, words, hint):
    """A setting that nobody knows is refused, with what was probably meant."""
    (tmp_path / "onex.toml").write_bytes(data)

    with pytest.raises(DocumentError, match=words) as caught:
        config.read(os.fspath(tmp_path))
    assert hint in {None, caught.value.help}
