"""Where a new node will lie, and whether it may."""

import os
import stat
from dataclasses import dataclass

from onex.core.node import FILE_NAMES
from onex.core.scan import DEVICES, SEGMENT, SEGMENT_WORDS
from onex.errors import RefusedError, UsageError
from onex_contract import registry

RESERVED = "onex"
"""The namespace of the nodes that onex ships."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The place of a node that does not exist yet.

    Attributes:
        root: the folder at the top of the tree.
        segments: the folders from there to the node, the node's own last.
        depth: how many of them exist.
    """

    root: str
    segments: tuple[str, ...]
    depth: int

    @property
    def folder(self) -> str:
        """The node's folder."""
        return os.path.join(self.root, *self.segments)

    @property
    def anchor(self) -> str:
        """The lowest folder above the node that exists."""
        return os.path.join(self.root, *self.segments[: self.depth])

    @property
    def entry(self) -> str:
        """What will be put into ``anchor``: the node's folder, or the highest one above it."""
        return os.path.join(self.anchor, self.segments[self.depth])

    def containers(self) -> list[str]:
        """The folders above the node that exist, the root first."""
        return [os.path.join(self.root, *self.segments[:n]) for n in range(self.depth + 1)]


def find_target(root: str, node_id: str) -> Target:
    """The place of the new node ``node_id`` in the tree at ``root``.

    Raises:
        UsageError: ``node_id`` is no id of a node.
        RefusedError: the id is reserved, the place is taken, or it lies inside a node or behind a
            symbolic link.
    """
    segments = _segments(node_id)
    root = os.path.abspath(root)
    for depth in range(len(segments)):
        place = os.path.join(root, *segments[:depth])
        _require_container(node_id, place)
        if not _is_folder(node_id, os.path.join(place, segments[depth])):
            return Target(root=root, segments=segments, depth=depth)
    message = f"{node_id}: {os.path.join(root, *segments)} exists already; nothing is overwritten"
    hint = "choose another id, or move it away; `onex tree --write` lists a node that is not listed"
    raise RefusedError(message, help=hint)


def _segments(node_id: str) -> tuple[str, ...]:
    """The names that ``node_id`` is made of."""
    segments = tuple(node_id.split("."))
    # The pattern of names first: the engine takes Unicode only, and an argument may be any bytes.
    is_id = all(map(SEGMENT, segments)) and registry.validator(
        "common", definition="node_id"
    ).is_valid(node_id)
    if not is_id:
        message = f"{node_id!a} is no node id: two or more names joined by dots ({SEGMENT_WORDS})"
        raise UsageError(message, help="for example demo.text.clean")
    for segment in segments:
        if segment in DEVICES:
            message = f"{node_id}: '{segment}' is the name of a device on Windows"
            raise RefusedError(message, help="choose another name")
    if segments[0] == RESERVED:
        message = f"{node_id}: the namespace '{RESERVED}' belongs to the nodes that onex ships"
        raise RefusedError(message, help="choose a namespace of your own")
    return segments


def _require_container(node_id: str, place: str) -> None:
    """Refuse a folder that is a node: a node holds no other."""
    for name in FILE_NAMES:
        if os.path.lexists(os.path.join(place, name)):
            message = f"{node_id}: {place} is a node, and a node holds no other node"
            raise RefusedError(message, help="choose another namespace")


def _is_folder(node_id: str, path: str) -> bool:
    """Whether there is a folder at ``path``; False when there is nothing."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        message = f"{node_id}: {path} cannot be looked at: {error.strerror}"
        raise RefusedError(message) from error
    if not stat.S_ISDIR(mode):
        kind = "a symbolic link" if stat.S_ISLNK(mode) else "no folder"
        message = f"{node_id}: {path} is {kind}; a tree holds plain folders only"
        raise RefusedError(message, help="choose another id, or move it away")
    return True
