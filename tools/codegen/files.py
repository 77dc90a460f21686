"""Everything that is generated, as bytes by path, and how it gets to the disk."""

import hashlib
import json
import os
from collections.abc import Mapping

from tools.codegen.bundle import READ_BY_AUTHORS, bundle, relaxed
from tools.codegen.models import generate
from tools.codegen.sources import Schema, read, titles

from onex.core.document import JSON
from onex.core.fielddocs import SUFFIXES, render

SCHEMAS = "schemas"
GENERATED = "generated"
RECORDS = "SHA256SUMS"
REFERENCE = "README.md"


def wanted(root: str) -> dict[str, bytes]:
    """Every generated file by its path below ``root``, as it should be."""
    folder = os.path.join(root, SCHEMAS)
    schemas = read(folder)
    files = {f"{GENERATED}/schemas/{name}": data for name, data in _bundles(schemas).items()}
    files |= {f"{GENERATED}/{path}": data for path, data in generate(schemas).items()}
    files[f"{SCHEMAS}/{RECORDS}"] = records(folder)
    files[f"{SCHEMAS}/{REFERENCE}"] = render(schemas).encode()
    return files


def stale(root: str, files: Mapping[str, bytes]) -> list[str]:
    """The paths of ``files`` whose bytes differ, and generated files that should not be there."""
    differing = [path for path, data in files.items() if _read(os.path.join(root, path)) != data]
    return sorted({*differing, *_leftovers(root, files)})


def write(root: str, files: Mapping[str, bytes]) -> list[str]:
    """Brings the disk up to ``files``; gives the paths that changed."""
    changed = stale(root, files)
    for path in changed:
        target = os.path.join(root, path)
        if path not in files:
            os.remove(target)
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(f"{target}.new", "wb") as file:
            file.write(files[path])
        os.replace(f"{target}.new", target)
    return changed


def records(folder: str) -> bytes:
    """The digest of every hand-written schema, as ``sha256sum --check`` reads it."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIXES))
    return "".join(f"{_digest(os.path.join(folder, name))}  {name}\n" for name in names).encode()


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bundles(schemas: Mapping[str, Schema]) -> dict[str, bytes]:
    files: dict[str, JSON] = {name: bundle(name, schemas) for name in schemas}
    for name in READ_BY_AUTHORS:
        files[f"{name}.reader"] = relaxed(files[name])
    written = {f"{name}.json": _json(schema) for name, schema in files.items()}
    return written | {"titles.json": _json({k: list(v) for k, v in titles(schemas).items()})}


def _json(value: JSON) -> bytes:
    return (json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _leftovers(root: str, files: Mapping[str, bytes]) -> list[str]:
    """Files below ``generated/`` that no schema asks for, such as a dropped schema's module."""
    found = []
    for folder, folders, names in os.walk(os.path.join(root, GENERATED)):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return [path for path in found if path not in files]
