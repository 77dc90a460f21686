"""What the node of a script is called: from its path, made legal, and the same the next time."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from onex.adopt.inventory import Script
from onex.core.scan import DEVICES, SEGMENT
from onex.core.text import printable
from onex.errors import UsageError
from onex.infer.handover import origin_of
from onex.scaffold.target import RESERVED

MOST_NAMESPACE = 200
LONGEST = 64
BESIDE = "adopted"
"""The namespace in front where nodes would else lie among the scripts that they were made of."""

_UNFIT = re.compile(r"[^a-z0-9_-]+")
_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Named:
    """A script with the id of its node.

    Attributes:
        script: the script.
        node_id: the id.
        origin: how its path is recorded.
        collides: the script that has the name that this one would have, or None.
    """

    script: Script
    node_id: str
    origin: str
    collides: str | None = None


def name_all(
    scripts: Iterable[Script], root: str, under: str | None, known: dict[str, str]
) -> list[Named]:
    """``scripts`` with their ids, no two alike.

    Args:
        scripts: the scripts.
        root: the root of the workspace.
        under: the namespace that the nodes come under; without it, one made of the folder's name.
        known: the ids of nodes that were adopted before, by the origin that they record.

    Raises:
        UsageError: ``under`` is no namespace.
    """
    if under is not None:
        _require_namespace(under)
    listed = [(script, origin(script, root)) for script in scripts]
    owners = {known[place]: place for _, place in listed if place in known}
    spaces = {space for script, _ in listed for space in _spaces(_space(script, root, under))}
    found: list[Named] = []
    for script, place in listed:
        if place in known:
            found.append(Named(script, known[place], place))
            continue
        node_id, collides = _free(script, _space(script, root, under), owners, spaces)
        owners[node_id] = place
        found.append(Named(script, node_id, place, collides))
    return found


def origin(script: Script, root: str) -> str:
    """How the path of ``script`` is recorded: the same on every machine, as far as that can be."""
    return printable(_origin(script, root))


def _origin(script: Script, root: str) -> str:
    place = origin_of(script.path, root)
    if place != os.path.basename(script.path):
        return place
    base = os.path.basename(os.path.abspath(script.base))
    is_inside = os.path.realpath(script.path) == os.path.join(os.path.realpath(root), place)
    return place if is_inside or not base else f"{base}/{script.within}"


def segment(text: str) -> str:
    """``text`` as one name of an id: `Clean Data` is `clean-data`, `2to3` is `n2to3`."""
    name = _UNFIT.sub("-", _BORDER.sub("-", text).lower()).strip("-_")
    if not name:
        return "script"
    if not name[0].isalpha():
        name = f"n{name}"
    if name in DEVICES:
        name = f"{name}-script"
    return name[:LONGEST].rstrip("-_")


def _require_namespace(under: str) -> None:
    parts = under.split(".")
    if not all(map(SEGMENT, parts)) or len(under) > MOST_NAMESPACE:
        raise UsageError(f"{under!a}: is no namespace", help="for example tools, or team.tools")
    if parts[0] == RESERVED:
        message = f"{under}: the namespace '{RESERVED}' belongs to the nodes that onex ships"
        raise UsageError(message, help="choose a namespace of your own")


def _space(script: Script, root: str, under: str | None) -> str:
    """The namespace of the node of ``script``."""
    folders = [segment(part) for part in os.path.dirname(script.within).split(os.sep) if part]
    if under is not None:
        return ".".join([under, *folders])[:MOST_NAMESPACE].rstrip(".-_")
    base, top = os.path.abspath(script.base), os.path.abspath(root)
    first = segment(os.path.basename(base) or "scripts")
    names = [first, *folders]
    if base == top:
        names = [BESIDE, *folders]
    elif first == RESERVED or os.path.join(top, first) == base:
        names = [BESIDE, *names]
    return ".".join(names)[:MOST_NAMESPACE].rstrip(".-_")


def _spaces(namespace: str) -> Iterable[str]:
    """``namespace`` and those above it."""
    parts = namespace.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def _free(
    script: Script, namespace: str, owners: dict[str, str], spaces: set[str]
) -> tuple[str, str | None]:
    """An id that nothing else has, and what has the one that would come first."""
    stem, suffix = os.path.splitext(os.path.basename(script.path))
    plain = f"{namespace}.{segment(stem)}"
    longer = segment(f"{segment(stem)[: LONGEST - 12]}-{suffix[1:] or script.language}")
    names = [plain, f"{namespace}.{longer}"]
    names += [f"{namespace}.{longer}-{number}" for number in range(2, 1000)]
    free = next(name for name in names if name not in owners and name not in spaces)
    if free == plain:
        return free, None
    return free, owners.get(plain, f"the folder {plain.rpartition('.')[2]}")
