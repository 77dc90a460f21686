"""The files below a folder that may be documents of onex, by their names."""

import os
from collections.abc import Iterator

from onex.core.index import FILE_NAME
from onex.core.scan import FOREIGN
from onex.migrate.tree import NAMES
from onex.validate.engine import CONTRACT_NAME

ENDINGS = (".onex", ".onex.yaml", ".onex.json")


def candidates(path: str) -> Iterator[str]:
    """``path`` itself if it is no folder, else the files in it and below that may be documents.

    Hidden folders, links and folders with other people's files are not looked into.
    """
    if not os.path.isdir(path):
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
