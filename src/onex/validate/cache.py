"""Verdicts on single nodes from other times, kept in one file for each workspace.

A verdict is taken from here only for the very bytes that it followed from: every file is read and
digested first, and times of change count for nothing. It also has to come from the same rules, of
the same onex, the same engines and the same Python. Rules that look at a date, at the tree or at
other nodes always judge.

The file is read with suspicion: what is not whole, not the user's own, not a plain file, or too
large is no cache, and nobody is told. It has a mode that no checkout gives a file, so that a
repository cannot bring its own verdicts along.
"""

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from onex.core.files import make_folder, make_folder_in, sweep_debris, write_atomic
from onex.core.opening import HAS_MODES, open_file
from onex.errors import OnexError
from onex.validate.judged import Judged
from onex.validate.rule import Rule
from onex_contract.files import generated_dir

FORM = b"onex verdicts 1"
ENDING = ".verdicts"
MODE = 0o400
MOST_BYTES = 64 << 20
"""How large the file may be: verdicts on some 100 000 nodes."""

MOST_FILES = 64
"""How many workspaces may have one in a folder; the oldest gives way."""

PARTS = ("core", "evolution", "results", "validate")
"""The packages of onex that have a say in a verdict."""

ENGINES = ("jsonschema", "jsonschema_rs", "pyyaml", "rfc8785")
"""Packages of others that have one, as their metadata is called."""


def home() -> str | None:
    """The folder of the user's caches of onex; None where there is no place for one."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # A path that is not absolute is to be ignored, says the XDG specification.
    if not os.path.isabs(base):
        user = os.environ.get("HOME", "")
        if not os.path.isabs(user):
            return None
        base = os.path.join(user, ".cache")
    return os.path.join(base, "onex")


@dataclass(slots=True)
class Cache:
    """The verdicts of one workspace.

    Attributes:
        path: the file.
        context: a digest over all that a verdict follows from besides the node.
        inside: the workspace, when the folder of the file has to lie in it.
        keys: for the place of each node (see ``place_of``) the key of its verdict.
        rows: the verdicts in that order, as they stand in the file.
    """

    path: str
    context: str
    inside: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    rows: bytes = b"[]"
    _verdicts: list[dict[str, Judged]] = field(default_factory=list, repr=False)

    def verdicts(self) -> dict[str, Judged]:
        """The verdicts by the places of the nodes; none when the rows are not what they should be.

        Reading them takes most of the time that a cache takes, and the keys alone say what is to
        be judged: so it waits until the processes that need no more than the keys are at work.
        """
        if not self._verdicts:
            self._verdicts.append(_read_rows(self.keys, self.rows))
            self.rows = b""
        return self._verdicts[0]

    def keep(self, verdicts: Mapping[str, Judged], *, is_whole: bool) -> None:
        """Keep ``verdicts`` for another time, if that can be done.

        Args:
            verdicts: by the place of the node.
            is_whole: whether there are no other nodes, so that verdicts on others can go.
        """
        kept = dict(verdicts) if is_whole else {**self.verdicts(), **verdicts}
        kept = {place: judged for place, judged in kept.items() if judged.key}
        if kept == self.verdicts():
            return
        data = _spell(self.context, kept)
        if len(data) > MOST_BYTES:
            return
        with suppress(OnexError, OSError):
            folder = os.path.dirname(self.path)
            if self.inside is None:
                make_folder(folder)
            else:
                make_folder_in(self.inside, os.path.relpath(folder, self.inside))
            sweep_debris(folder)
            write_atomic(self.path, data, MODE, durable=False)
            _evict(folder)


def load(folder: str, root: str, rules: Sequence[Rule], *, is_inside: bool = False) -> Cache:
    """The verdicts that ``folder`` keeps on nodes below ``root``; none where they cannot be used.

    Args:
        folder: where caches lie.
        root: the workspace.
        rules: the rules that are to judge.
        is_inside: whether ``folder`` has to lie in the workspace, and not behind a link in it.
    """
    kind = [(rule.code, rule.severity, rule.edition, rule.preview) for rule in rules]
    name = _digest(repr((root, kind, sys.version_info[:2])).encode(errors="surrogateescape"))
    context = _digest(repr([name, *world()]).encode())
    path = os.path.join(folder, f"{name[:32]}{ENDING}")
    cache = Cache(path, context, root if is_inside else None)
    data = _read(cache.path)
    if data is not None:
        cache.keys, cache.rows = _parse(data, context)
    return cache


def _read(path: str) -> bytes | None:
    """The bytes of the file, when it is the user's own and nothing strange."""
    try:
        descriptor = open_file(path, os.O_RDONLY, follow=False)
    except (OSError, ValueError):
        return None
    try:
        status = os.fstat(descriptor)
        if not _is_own(status) or status.st_size > MOST_BYTES:
            return None
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MOST_BYTES)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _is_own(status: os.stat_result) -> bool:
    """Whether nobody but this user, through onex, can have written the file."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if not HAS_MODES:
        return True
    return status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) == MODE


def _parse(data: bytes, context: str) -> tuple[dict[str, str], bytes]:
    """The keys and the rows of a file; none when it is not whole, or of another context."""
    head, _, body = data.partition(b"\n")
    if head != _head(context, body):
        return {}, b"[]"
    keys, _, rows = body.partition(b"\n")
    try:
        return dict(json.loads(keys)), rows
    except (ValueError, TypeError, RecursionError):
        return {}, b"[]"


def _read_rows(keys: dict[str, str], rows: bytes) -> dict[str, Judged]:
    """The verdicts that stand in ``rows``, each with its key."""
    try:
        found = zip(keys.items(), json.loads(rows), strict=True)
        return {place: Judged(key, *row) for (place, key), row in found}
    except (ValueError, TypeError, RecursionError):
        return {}


def _spell(context: str, verdicts: Mapping[str, Judged]) -> bytes:
    keys = {place: judged.key for place, judged in verdicts.items()}
    rows = [judged[1:] for judged in verdicts.values()]
    body = b"\n".join(json.dumps(part, separators=(",", ":")).encode() for part in (keys, rows))
    return _head(context, body) + b"\n" + body


def _head(context: str, body: bytes) -> bytes:
    return b"%s %s %s" % (FORM, context.encode(), _digest(body).encode())


def _evict(folder: str) -> None:
    """Remove the oldest caches of a folder that has too many."""
    with os.scandir(folder) as entries:
        caches = [
            (entry.stat(follow_symlinks=False).st_mtime_ns, entry.path)
            for entry in entries
            if entry.name.endswith(ENDING)
        ]
    for _, path in sorted(caches)[: -MOST_FILES or None]:
        os.unlink(path)


def world() -> Iterator[Any]:
    """What verdicts follow from besides the node: Python, onex, its schemas, and the engines."""
    yield sys.version
    yield sys.platform
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for part in PARTS:
        yield from _digests(os.path.join(package, part), ".py")
    yield from _digests(generated_dir(), ".json")
    spec = find_spec("jsonschema_rs")
    if spec and spec.origin:
        site = os.path.dirname(os.path.dirname(spec.origin))
        names = (name.lower() for name in os.listdir(site) if name.endswith(".dist-info"))
        yield sorted(name for name in names if name.rpartition("-")[0].startswith(ENGINES))


def _digests(folder: str, ending: str) -> Iterator[tuple[str, str]]:
    """The files below ``folder`` that end so, each with its digest: a version may be patched."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(ending):
                with open(os.path.join(place, name), "rb", buffering=0) as file:
                    yield name, _digest(file.read())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
