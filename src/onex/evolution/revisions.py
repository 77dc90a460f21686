"""Nodes as they lie in a revision that git has."""

from collections.abc import Mapping

from onex.core import document
from onex.core.index import FILE_NAME
from onex.core.opening import HAS_MODES
from onex.core.schema import problems
from onex.core.snapshot import CACHES
from onex.core.tree import MOST_DEPTH
from onex.errors import DocumentError, OnexError
from onex.evolution.folders import LINK
from onex.evolution.objects import SHA1_DIGITS, Repository
from onex_contract import registry

FOLDER, PLAIN, PROGRAM, SYMBOLIC = "40000", "100644", "100755", "120000"
ENDINGS = {PROGRAM: "+x" if HAS_MODES else "", SYMBOLIC: LINK}

Entries = dict[str, tuple[str, str]]


class RevisionShelf:
    """The nodes of a revision.

    Args:
        repository: the repository.
        revision: a commit, a tag or a branch.
        prefix: the root of the tree, relative to the top of the repository.
        must_exist: whether that folder has to be there; without it, there are no nodes.

    Raises:
        OnexError: there is no such revision.
    """

    def __init__(
        self, repository: Repository, revision: str, prefix: str, *, must_exist: bool = False
    ) -> None:
        self._repository = repository
        commit = repository.commit(revision)
        self._prefix = "" if prefix in {"", "."} else f"{prefix}/"
        top = repository.tree(f"{commit}^{{tree}}")
        for name in self._prefix.split("/")[:-1]:
            top = self._below(top, name)
        if must_exist and FILE_NAME not in top:
            raise OnexError(
                f"{revision}:{prefix}: no `.tree` there", help="name the root of a tree as `subdir`"
            )
        self._trees: dict[str, Entries] = {"": top}
        self.label = revision
        self.algorithm = "sha1" if len(commit) == SHA1_DIGITS else "sha256"

    def folders(self) -> list[str]:
        """The folders of the nodes that the `.tree` files of the revision name.

        Raises:
            DocumentError: a `.tree` cannot be read.
        """
        found: list[str] = []
        pending = [""]
        while pending:
            folder = pending.pop()
            if FILE_NAME not in self._tree(folder) or folder.count("/") > MOST_DEPTH:
                continue
            for entry in self._read_index(folder):
                name, _, file = entry.partition("/")
                place = f"{folder}/{name}".lstrip("/")
                if not file:
                    pending.append(place)
                elif file in self._tree(place):
                    found.append(place)
        return found

    def files(self, folder: str) -> Mapping[str, str]:
        """The files of a node, each with the name of its object."""
        found: dict[str, str] = {}
        pending = [""]
        while pending:
            below = pending.pop()
            for name, (mode, blob) in self._tree(f"{folder}/{below}".rstrip("/")).items():
                if mode == FOLDER:
                    if name not in CACHES:
                        pending.append(f"{below}{name}/")
                else:
                    found[f"{below}{name}"] = blob + ENDINGS.get(mode, "")
        return found

    def read(self, folder: str, path: str) -> tuple[bytes, str]:
        """The bytes of a file of a node, and what to call it.

        Raises:
            DocumentError: there is no such file.
        """
        place = f"{folder}/{path}".lstrip("/")
        shown = f"{self.label}:{self._prefix}{place}"
        above, _, name = place.rpartition("/")
        mode, blob = self._tree(above).get(name, ("", ""))
        if mode not in {PLAIN, PROGRAM, "100664"}:
            raise DocumentError(shown, "no such file" if not mode else "not a regular file")
        return self._repository.blob(blob, shown), shown

    def read_shared(self, _folder: str, path: str) -> tuple[bytes, str]:
        """The bytes of a file that a node shares, and what to call it.

        Raises:
            DocumentError: there is no such file.
        """
        return self.read("", path)

    def may_share(self, _folder: str) -> bool:
        """Whether the node may share files; what is not looked at may."""
        return True

    def _read_index(self, folder: str) -> list[str]:
        """The entries of one `.tree`."""
        data, path = self.read(folder, FILE_NAME)
        source = document.parse(data, path)
        validator = registry.validator("tree")
        if not validator.is_valid(source.value):
            found = problems(validator, registry.schema("tree"), source.value)
            raise DocumentError(
                path,
                found[0].message,
                help="compare with another revision: `--against REF`",
            )
        entries = source.value["entries"] if isinstance(source.value, dict) else None
        return [str(entry) for entry in entries] if isinstance(entries, list) else []

    def _tree(self, folder: str) -> Entries:
        """The entries of a folder; each is read once."""
        found = self._trees.get(folder)
        if found is None:
            above, _, name = folder.rpartition("/")
            found = self._trees[folder] = self._below(self._tree(above), name)
        return found

    def _below(self, entries: Entries, name: str) -> Entries:
        """The entries of the folder ``name``; it is asked for by its object, never by its name."""
        mode, tree = entries.get(name, ("", ""))
        return self._repository.tree(tree) if mode == FOLDER else {}
