"""What is compared with what: the words of the user made into shelves."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from onex.core import document
from onex.core.index import FILE_NAME
from onex.core.node import FILE_NAMES, SIGNS
from onex.core.workspace import Workspace
from onex.errors import OnexError, UsageError
from onex.evolution.folders import FolderShelf
from onex.evolution.objects import opened
from onex.evolution.revisions import RevisionShelf
from onex.evolution.state import Shelf, State, load, load_document, read_contract

KINDS = {"tag": "refs/tags/", "branch": "refs/heads/", "ref": "", "commit": ""}
"""What may stand behind `.git#`, and what git calls it."""

GIT_HELP = "write for example .git#tag=v1.2.0, .git#branch=main or .git#ref=HEAD~1,subdir=nodes"


@dataclass(frozen=True, slots=True)
class Against:
    """A revision, or a folder, to compare with.

    Attributes:
        git: the `.git` of the repository; None for a folder.
        revision: what to look at there.
        place: the root of the tree: a folder, or a path inside the repository.
        label: what to call it.
        must_exist: whether there has to be a tree.
    """

    git: str | None
    revision: str
    place: str
    label: str
    must_exist: bool = False


def read_against(text: str, root: str) -> Against:
    """What ``text`` means for the workspace at ``root``.

    Raises:
        OnexError: it means nothing that could be compared with.
    """
    path, hash_sign, more = text.partition("#")
    if hash_sign or (path.endswith(".git") and os.path.isdir(path)):
        return _read_git(text, path, more, root)
    if os.path.isdir(text):
        place = os.path.abspath(text)
        if (
            not os.path.lexists(os.path.join(place, FILE_NAME))
            or Workspace.find(place).root != place
        ):
            help_text = "name the root of a tree, or write .git#ref=NAME for a branch of that name"
            raise UsageError(f"{text}: this is not the root of a tree", help=help_text)
        return Against(None, "", place, text)
    top = find_top(root)
    return Against(os.path.join(top, ".git"), text, _below(root, top), text)


def find_top(root: str) -> str:
    """The top of the repository that ``root`` lies in.

    Raises:
        OnexError: it lies in none.
    """
    place = os.path.realpath(root)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            raise OnexError(
                f"{root}: no git repository here or in any folder above",
                help="compare with a folder: `--against DIR`, or two nodes: `onex diff A B`",
            )
        place = above
    return place


@contextmanager
def shelves(against: Against, root: str, only: list[str] | None) -> Iterator[tuple[Shelf, Shelf]]:
    """What was, and what is in the workspace at ``root``.

    Args:
        against: what to compare with.
        root: the root of the workspace.
        only: the folders of the nodes that are meant; None for all.

    Raises:
        OnexError: one of them cannot be looked at.
    """
    if against.git is None:
        old = FolderShelf(against.place, against.label)
        yield _Some.of(old, only), FolderShelf(root, root, only=only)
        return
    with opened(against.git) as repository:
        revision = RevisionShelf(
            repository, against.revision, against.place, must_exist=against.must_exist
        )
        new = FolderShelf(root, root, algorithm=revision.algorithm, only=only)
        yield _Some.of(revision, only), new


def open_one(path: str) -> State:
    """The node, or the contract by itself, that ``path`` names.

    Raises:
        OnexError: it is neither.
    """
    place = os.path.abspath(path)
    if os.path.isdir(place) or os.path.basename(place) in FILE_NAMES:
        folder = place if os.path.isdir(place) else os.path.dirname(place)
        above, name = os.path.split(folder)
        state = load(FolderShelf(above, path), name)
    else:
        source = document.read(place)
        if isinstance(source.value, dict) and not SIGNS.isdisjoint(source.value):
            state = load_document(source)
        else:
            return State(path, None, read_contract(source.data, place), None, {})
    if state.problem is not None:
        raise state.problem
    return state


class _Some:
    """Those nodes of a shelf that are meant."""

    def __init__(self, shelf: Shelf, only: list[str]) -> None:
        self.label = shelf.label
        self.files, self.read = shelf.files, shelf.read
        self.read_shared, self.may_share = shelf.read_shared, shelf.may_share
        self._shelf, self._only = shelf, only

    @classmethod
    def of(cls, shelf: Shelf, only: list[str] | None) -> Shelf:
        """``shelf``, or those of its nodes that are meant."""
        return shelf if only is None else cls(shelf, only)

    def folders(self) -> list[str]:
        return [folder for folder in self._shelf.folders() if folder in self._only]


def _read_git(text: str, path: str, more: str, root: str) -> Against:
    options = dict(part.partition("=")[::2] for part in more.split(",") if part)
    subdir = options.pop("subdir", None)
    if not os.path.isdir(path) or options.keys() - KINDS.keys() or len(options) > 1:
        raise UsageError(f"{text}: not a repository with a revision", help=GIT_HELP)
    git = os.path.abspath(path)
    if os.path.lexists(os.path.join(git, ".git")):
        git = os.path.join(git, ".git")
    revision = next((f"{KINDS[kind]}{name}" for kind, name in options.items()), "HEAD")
    must_exist = subdir is not None
    if subdir is None:
        try:
            top = find_top(root)
        except OnexError:
            top = ""
        own = bool(top) and os.path.realpath(git) == os.path.realpath(os.path.join(top, ".git"))
        subdir = _below(root, top) if own else ""
    return Against(git, revision, subdir.strip("/"), text, must_exist)


def _below(root: str, top: str) -> str:
    return os.path.relpath(os.path.realpath(root), top).replace(os.sep, "/")
