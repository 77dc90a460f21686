"""The files below a folder that may be documents of onex, by their names."""

import os
from collections.abc import Iterator

from onex.core.index import FILE_NAME
from onex.core.scan import FOREIGN
from onex.core.text import printable
from onex.errors import UsageError
from onex.migrate.tree import NAMES
from onex.validate.engine import CONTRACT_NAME

ENDINGS = (".onex", ".onex.yaml", ".onex.json")


def candidates(path: str) -> Iterator[str]:
    """``path`` itself if it is no folder, else the files in it and below that may be documents.

    Hidden folders, links and folders with other people's files are not looked into.

    Raises:
        UsageError: there is nothing at ``path``.
    """
    if not os.path.isdir(path):
        if not os.path.lexists(path):
            raise UsageError(f"{printable(path)}: no such file or folder")
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in FOREIGN)
        for name in sorted(files):
            place = os.path.join(folder, name)
            if _may_be_one(name) and not os.path.islink(place):
                yield place


def _may_be_one(name: str) -> bool:
    return name in {FILE_NAME, *NAMES} or name.endswith(ENDINGS) or CONTRACT_NAME(name) is not None
