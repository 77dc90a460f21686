"""What is measured: each function gives one block of the table."""

import hashlib
import os
import sys
from collections.abc import Iterator
from shutil import which

from tools.bench.process import BIN, PASS, Sample, measure, onex, read, script, tool
from tools.bench.scale import Scale
from tools.bench.table import Block, Row

NO_LOCK = "schema only: verifies no lock, contract, case or tree"
LOCK = "schema, lock, tree, contract and cases"


def start(place: str, scale: Scale) -> Block:
    """How long it takes until a command can begin."""
    block = Block("start")
    block.rows.append(Row(name="python -c pass", sample=measure(PASS, place, scale.times)))
    block.rows.append(Row(name="onex --help", sample=onex(place, scale.times, "--help")))
    checker = tool("check-jsonschema")
    if checker:
        sample = measure((checker, "--version"), place, scale.times)
        block.rows.append(Row(name="check-jsonschema --version", sample=sample))
    return block


def validate_one(place: str, scale: Scale) -> Block:
    """One node out of a small workspace."""
    root = _make(place, "one", 1, "python")
    block = Block("validate 1 node")
    block.rows += _peers(root, scale.times)
    sample = onex(root, scale.times, "validate", "-q")
    block.rows.append(Row(name="onex validate", sample=sample, note=LOCK))
    return block


def validate_many(place: str, scale: Scale) -> Block:
    """Many nodes, nothing cached."""
    root = _make(place, "many", scale.nodes, "python")
    block = Block(f"validate {scale.nodes} nodes")
    block.rows += _peers(root, scale.long_times)
    sample = onex(root, scale.long_times, "validate", "-q")
    block.rows.append(Row(name="onex validate", sample=sample, units=scale.nodes, note=LOCK))
    sample = onex(root, scale.long_times, "lock", "--check")
    block.rows.append(Row(name="onex lock --check", sample=sample, units=scale.nodes))
    return block


def run_one(place: str, scale: Scale) -> Block:
    """The whole of a command that runs one node."""
    block = Block("run 1 node, whole process")
    block.rows.append(Row(name="python -c pass", sample=measure(PASS, place, scale.times)))
    for kind in ("noop", "python", "cli"):
        root = _make(place, f"run-{kind}", 1, kind)
        node = os.path.join(root, "bench")
        sample = onex(root, scale.times, "run", node, "--input", '{"text": "text"}')
        block.rows.append(Row(name=f"onex run, {kind}", sample=sample, note="recorded"))
    return block


def run_many(place: str, scale: Scale) -> Block:
    """One more execution in a warm runtime, against a bare process; after ``run_one``, in its folders."""
    count = scale.executions
    block = Block("1 more execution")
    for name, command in (("posix_spawn of true", ("true",)), ("python -c pass", PASS)):
        sample = measure((sys.executable, "-c", SPAWN, str(count // 5), *command), place, 1)
        note = "nothing recorded, no isolation"
        block.rows.append(Row(name=name, sample=sample, units=count // 5, note=note))
    for kind in ("noop", "python", "cli"):
        root = os.path.join(place, f"run-{kind}")
        sample = Sample(times=1, wall_ms=float(script("warm", root, count)), peak_mb=0)
        note = "isolated, contract checked twice, recorded"
        block.rows.append(Row(name=f"onex runtime, {kind}", sample=sample, units=count, note=note))
    return block


def run_cases(place: str, scale: Scale) -> Block:
    """The cases of nodes, the start of the command counted in."""
    count = scale.executions // 10
    root = _make(place, "cases", count, "python")
    block = Block("test")
    block.rows.append(Row(name="python -c pass", sample=measure(PASS, place, scale.times)))
    sample = onex(root, 1, "test", "-q")
    rate = f"{2000 * count / sample.wall_ms:.0f} cases a second"
    block.rows.append(Row(name="onex test, a case", sample=sample, units=2 * count, note=rate))
    return block


BLOCKS = (start, validate_one, validate_many, run_one, run_many, run_cases)

SPAWN = """\
import os, sys
for _ in range(int(sys.argv[1])):
    os.waitpid(os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ), 0)
"""


def _make(place: str, name: str, count: int, kind: str) -> str:
    """A workspace of nodes below ``place``."""
    root = os.path.join(place, name)
    script("nodes", root, count, kind)
    return root


def _peers(root: str, times: int) -> Iterator[Row]:
    """What else can look at the nodes below ``root``."""
    files = sorted(
        os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names
    )
    documents = [path for path in files if path.endswith("node.onex")]
    checker, summer = tool("check-jsonschema"), which("sha256sum")
    if checker:
        schema = os.path.join(root, os.pardir, "onex_node.schema.json")
        with open(schema, "w", encoding="utf-8") as file:
            file.write(read((os.path.join(BIN, "onex"), "schema", "onex_node"), root))
        options = ("--schemafile", schema, "--default-filetype", "yaml")
        sample = measure((checker, *options, *documents), root, times)
        yield Row(name="check-jsonschema", sample=sample, units=len(documents), note=NO_LOCK)
    if summer:
        sums = os.path.join(root, os.pardir, f"{os.path.basename(root)}.sha256")
        with open(sums, "w", encoding="utf-8") as file:
            file.writelines(f"{_sha256(path)}  {path}\n" for path in files)
        sample = measure((summer, "-c", "--quiet", sums), root, times)
        note = f"digests of all {len(files)} files only"
        yield Row(name="sha256sum -c", sample=sample, units=len(documents), note=note)


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
