"""The gate over many nodes, cold and warm, against tools that judge by a schema alone.

None of those looks at locks, contracts, cases or the tree; what the locks would cost them is at
least ``sha256sum -c`` over the same files, so that both times together stand beside onex's. ajv-cli
(with ajv-formats) and the command of sourcemeta are used where they are found beside this Python,
on the search path, or in the folder ``ONEX_BENCH_BIN``; `npm install ajv-cli ajv-formats
@sourcemeta/jsonschema` brings both into `node_modules/.bin`.
"""

import glob
import hashlib
import os
import shutil
from collections.abc import Iterator
from shutil import which

from tools.bench.process import BIN, Sample, measure, onex, read, script, tool
from tools.bench.scale import Scale
from tools.bench.table import Block, Row

SCHEMA_ALONE = "schema alone"
SLOW_SHARE = 10
"""check-jsonschema is measured with a tenth of the nodes: it takes a minute for all of them."""


def gate_plain(place: str, scale: Scale) -> Block:
    """Nodes that are a document each, against what judges the same documents by the same schema."""
    block = _gate(place, scale, "plain", "schema and locks")
    root = os.path.join(place, "gate-plain")
    floor = next((row.sample for row in block.rows if row.name == "sha256sum -c"), None)
    for row in _peers(place, root, scale):
        block.rows.append(row)
        if floor and row.units == scale.many:
            both = Sample(
                times=row.sample.times,
                wall_ms=row.sample.wall_ms + floor.wall_ms,
                cpu_ms=row.sample.cpu_ms + floor.cpu_ms,
                peak_mb=row.sample.peak_mb,
            )
            name = f"{row.name}, then sha256sum -c"
            block.rows.append(Row(name=name, sample=both, units=row.units, note="added up"))
    return block


def gate_contracts(place: str, scale: Scale) -> Block:
    """Nodes with a contract in a file of its own, and two cases."""
    return _gate(place, scale, "noop", "with JSON contracts and cases")


def gate_code(place: str, scale: Scale) -> Block:
    """Nodes in Python besides, whose code is parsed."""
    return _gate(place, scale, "python", "with contracts, cases and code that is parsed")


BLOCKS = (gate_plain, gate_contracts, gate_code)


def _gate(place: str, scale: Scale, kind: str, title: str) -> Block:
    """A workspace of one kind of nodes, judged anew and from what is known of it."""
    root = os.path.join(place, f"gate-{kind}")
    script("nodes", root, scale.many, kind)
    block = Block(f"gate, {scale.many} nodes, {title}")
    times, calls = scale.long_times, ("validate", "-q")
    for name, note, arguments in (
        ("onex validate, cold", "every core", (*calls, "--no-cache")),
        ("onex validate, cold, -j 1", "one process", (*calls, "--no-cache", "-j", "1")),
        ("onex validate, warm", "every file read and digested", calls),
        ("onex validate, warm, -j 1", "the same, one process", (*calls, "-j", "1")),
        ("onex tree --check", "", ("tree", "--check")),
    ):
        sample = onex(root, times, *arguments)
        block.rows.append(Row(name=name, sample=sample, units=scale.many, note=note))
    block.rows += _floor(place, root, scale)
    return block


def _floor(place: str, root: str, scale: Scale) -> Iterator[Row]:
    """What it takes to read and digest the files alone."""
    summer = which("sha256sum")
    if not summer:
        return
    files = sorted(
        os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names
    )
    sums = os.path.join(place, f"{os.path.basename(root)}.sha256")
    with open(sums, "w", encoding="utf-8") as file:
        file.writelines(f"{_sha256(path)}  {path}\n" for path in files)
    sample = measure((summer, "-c", "--quiet", sums), root, scale.long_times)
    yield Row(
        name="sha256sum -c",
        sample=sample,
        units=scale.many,
        note=f"digests of all {len(files)} files, and nothing else",
    )


def _peers(place: str, root: str, scale: Scale) -> Iterator[Row]:
    """Tools that judge the documents by the schema, those that are there."""
    schema = os.path.join(place, "onex_node.json")
    with open(schema, "w", encoding="utf-8") as file:
        file.write(read((os.path.join(BIN, "onex"), "schema", "onex_node"), root))
    documents = sorted(glob.glob(os.path.join(glob.escape(root), "**/node.onex"), recursive=True))
    checker, times = tool("check-jsonschema"), scale.long_times
    if checker:
        few = documents[::SLOW_SHARE]
        options = ("--schemafile", schema, "--default-filetype", "yaml")
        sample = measure((checker, *options, *few), root, 1)
        note = f"{SCHEMA_ALONE}; a tenth of the nodes, once"
        yield Row(name="check-jsonschema", sample=sample, units=len(few), note=note)
    copies = os.path.join(place, "copies")
    os.mkdir(copies)
    for number, path in enumerate(documents):
        # Both tell YAML by the ending alone.
        shutil.copyfile(path, os.path.join(copies, f"{number:06}.yaml"))
    for name, command in _node_tools(schema, copies):
        sample = measure(command, place, times)
        yield Row(name=name, sample=sample, units=len(documents), note=SCHEMA_ALONE)


def _node_tools(schema: str, copies: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tools of the world of Node.js that are there, each with its call."""
    ajv, sourcemeta = _find("ajv"), _find("jsonschema")
    if ajv:
        options = ("--spec=draft2020", "--strict=false", "-c", "ajv-formats", "-s", schema)
        yield "ajv-cli", (ajv, "validate", *options, "-d", os.path.join(copies, "*.yaml"))
    if sourcemeta and _is_sourcemeta(sourcemeta):
        yield (
            "sourcemeta jsonschema",
            (sourcemeta, "validate", schema, copies, "--extension", ".yaml"),
        )


def _find(name: str) -> str | None:
    """A tool in the folder ``ONEX_BENCH_BIN``, else where all tools are looked for."""
    return which(name, path=os.environ.get("ONEX_BENCH_BIN", "")) or tool(name)


def _is_sourcemeta(path: str) -> bool:
    """Whether ``path`` is not the old command of that name that Python's jsonschema brings."""
    with open(os.path.realpath(path), "rb") as file:
        return b"python" not in file.readline()


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
