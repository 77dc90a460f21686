"""Rows T1, T3 and T4: what was locked is what is there, to the bit, and a lock says it in one way."""

import copy
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.property.test_lock import DOCUMENT, FILES, flip, folder_of, plain

from onex.core import document, lock, node, snapshot
from onex.errors import DocumentError

ONEX = str(Path(sys.executable).parent / "onex")
NODE = "demo/text/clean"
RUN = ["run", "demo.text.clean", "--set", "text=a"]
HASH = re.compile(r'(?m)^hash: "([0-9a-f]{64})"$')
LOCKED = re.compile(r'(?m)^  "?(node\.py|state_contract\.json)"?: "([0-9a-f]{64})"$')


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A workspace with a node under review, whose lock holds and against which nothing is found."""
    folder = tmp_path_factory.mktemp("locked")

    def call(*arguments):
        subprocess.run([ONEX, *arguments], cwd=folder, check=True, capture_output=True)

    call("init", ".", "--owner", "data platform team")
    call("scaffold", "demo.text.clean")
    for path in (folder / NODE).iterdir():
        path.write_text(path.read_text().replace("TODO: say", "Here stands"))
    call("lock")
    call("lifecycle", "demo.text.clean", "review")
    call("validate")
    return folder


@pytest.fixture
def locked(onex, base, tmp_path):
    """The folder of that node, in a workspace of the test's own."""
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    return tmp_path / NODE


def found_in(folder):
    """The files that the lock of the node finds changed; a document that is none is told as itself."""
    try:
        loaded = node.load(os.fspath(folder))
        return [found.file for found in lock.compare(loaded, snapshot.take(loaded))]
    except DocumentError as error:
        return [os.path.basename(error.path)]


@pytest.mark.parametrize("name", [name for name, data in FILES.items() if data])
def test_t1_every_bit_of_every_file_is_locked(name):
    """No bit of a locked file can be another one: it is found, and the file named."""
    with folder_of(plain(DOCUMENT)) as folder:
        lock.write(node.load(folder))
        loaded, path, data = node.load(folder), Path(folder, name), FILES[name]
        for bit in range(len(data) * 8):
            path.write_bytes(flip(data, bit))
            found = lock.compare(loaded, snapshot.take(loaded))

            assert [problem.file for problem in found] == [name], bit


def test_t1_every_bit_of_the_document_is_locked(locked):
    """A bit of node.onex is found, or it says nothing: in a comment, a blank, the snapshot of trust."""
    path = locked / "node.onex"
    data = path.read_bytes()
    loaded = node.load(os.fspath(locked))
    files = loaded.value["files"]
    recorded, missed = loaded.value["hash"], []
    for bit in range(len(data) * 8):
        try:
            value = document.parse(flip(data, bit), "node.onex").value
        except DocumentError:
            continue  # no command reads on
        if not isinstance(value, dict) or value.get("files") != files:
            continue  # found by the files themselves
        if value.get("hash") == snapshot.document_digest(value) == recorded:
            missed.append(value)
    said = without_snapshot(document.parse(data, "node.onex").value)

    assert missed
    assert [value for value in missed if without_snapshot(value) != said] == []


def without_snapshot(value):
    """A document but for what a lock leaves out."""
    kept = copy.deepcopy(value)
    if isinstance(kept.get("trust"), dict):
        kept["trust"].pop("snapshot", None)
    return kept


def swap(folder):
    code, contract = folder / "node.py", folder / "state_contract.json"
    code.rename(folder / "x")
    contract.rename(code)
    (folder / "x").rename(contract)


TAMPERING = {
    "a bit": lambda f: (f / "node.py").write_bytes(flip((f / "node.py").read_bytes(), 100)),
    "deleted": lambda f: (f / "node.py").unlink(),
    "added": lambda f: (f / "json.py").write_text("raise SystemExit"),
    "hidden": lambda f: (f / ".hidden").write_text(""),
    "renamed": lambda f: (f / "node.py").rename(f / "Node.py"),
    "executable": lambda f: (f / "node.py").chmod(0o755),
    "swapped": swap,
    "emptied": lambda f: (f / "state_contract.json").write_bytes(b""),
    "a link to itself": lambda f: (
        (f / "node.py").rename(f.parent.parent / "kept.py"),
        (f / "node.py").symlink_to("../../kept.py"),
    ),
    "a folder": lambda f: ((f / "node.py").unlink(), (f / "node.py").mkdir()),
}


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=list(TAMPERING))
def test_t1_what_was_tampered_with_is_named_and_not_run(locked, onex, tamper):
    """`validate` and `lock --check` find it with status 1 and the path; `run` refuses with 2."""
    before = {path.name for path in locked.iterdir()}
    tamper(locked)
    names = before ^ {path.name for path in locked.iterdir()} or {"node.py", "state_contract.json"}

    for command in (["validate"], ["lock", "--check"]):
        ended = onex(*command)
        assert ended.exit_code == 1, command
        assert any(name in ended.stdout + ended.stderr for name in names), command
    ended = onex(*RUN)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert any(name in ended.stderr for name in names)


def digest_of(name, text):
    return dict(LOCKED.findall(text))[name]


def rewritten(old, new):
    return lambda text: text.replace(old(text), new(old(text)), 1)


def lines_with(old, new):
    return lambda text: re.sub(old, new, text, count=1, flags=re.MULTILINE)


ONE = 'node.py"?: "'
WAYS = {
    "another digest": rewritten(lambda t: digest_of("node.py", t), lambda d: d[::-1]),
    "another hash": rewritten(lambda t: HASH.search(t)[1], lambda d: d[::-1]),
    "an entry less": lines_with(r'^  "?node\.py.*\n', ""),
    "an entry more": lines_with(r"^files:$", f'files:\n  "a.py": "{"0" * 64}"'),
    "no entries": lines_with(r"^files:\n(?:  .*\n)*", "files: {}\n"),
    "null": lines_with(r"^files:\n(?:  .*\n)*", "files: null\n"),
    "a list": lines_with(r"^files:\n(?:  .*\n)*", "files: [node.py]\n"),
    "no files": lines_with(r"^files:\n(?:  .*\n)*", ""),
    "no hash": lines_with(r"^hash: .*\n", ""),
    "an empty digest": rewritten(lambda t: digest_of("node.py", t), lambda _: ""),
    "an empty hash": rewritten(lambda t: HASH.search(t)[1], lambda _: ""),
    "of another algorithm": rewritten(lambda t: digest_of("node.py", t), lambda d: d[:32]),
    "cut short": rewritten(lambda t: digest_of("node.py", t), lambda d: d[:12]),
    "too long": rewritten(lambda t: digest_of("node.py", t), lambda d: d + "0"),
    "in capitals": rewritten(lambda t: HASH.search(t)[1], str.upper),
    "with a prefix": rewritten(lambda t: HASH.search(t)[1], "sha256:{}".format),
    "of another name": rewritten(lambda t: digest_of("node.py", t), "md5:{}".format),
    "in base64": rewritten(lambda t: HASH.search(t)[1], lambda _: "A" * 43 + "="),
    "with a blank": rewritten(lambda t: HASH.search(t)[1], " {}".format),
    "a number": lines_with(r"^hash: .*$", "hash: 4000000000"),
    "an entry twice": lines_with(r'^(  "?node\.py.*\n)', r"\1\1"),
    "a hash twice": lines_with(r"^(hash: .*\n)", r"\1\1"),
    "in another case": lines_with(r'^  "?node\.py"?:', '  "Node.py":'),
    "by another path": lines_with(r'^  "?node\.py"?:', '  "./node.py":'),
    "by a path outside": lines_with(r'^  "?node\.py"?:', '  "../clean/node.py":'),
    "of itself": lines_with(r"^files:$", f'files:\n  "node.onex": "{"0" * 64}"'),
    "executable": rewritten(lambda t: digest_of("node.py", t), "{}+x".format),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_t3_a_lock_that_is_wrong_in_any_way_is_no_lock(locked, onex, way):
    """Found by `validate` and `lock --check` at a line of node.onex, refused by `run`: all or nothing."""
    path = locked / "node.onex"
    before = path.read_text()
    wrong = way(before)
    assert wrong != before
    path.write_text(wrong)

    for command in (["validate"], ["lock", "--check"]):
        ended = onex(*command)
        assert ended.exit_code == 1, (command, ended)
        assert re.search(rf"(?m){NODE}/node\.onex:\d+:\d+: ", ended.stdout + ended.stderr), command
    ended = onex(*RUN)
    assert (ended.exit_code, ended.stdout) == (2, ""), ended
    assert path.read_text() == wrong


def test_t3_one_wrong_lock_fails_all_that_were_asked_for(locked, onex):
    """A sound node beside it does not hide it, and nothing of what was asked for is run."""
    assert onex("scaffold", "demo.text.other", "--type", "noop").exit_code == 0
    (locked / "node.py").write_text("")

    assert onex("lock", "--check", "demo.text.other", "demo.text.clean").exit_code == 1
    ended = onex("run", "demo.text.other", "demo.text.clean", "--input", '{"text": "a"}')
    assert (ended.exit_code, ended.stdout) == (2, "")


@pytest.mark.parametrize(
    ("edition", "status", "said"),
    [
        ("2.0.0", 1, "newer"),
        ("1.99.0", 0, ""),
        ("0.1.0", 1, ""),
        ("0.9.9", 1, ""),
        ("1", 1, ""),
        ("one", 1, ""),
        ("", 1, ""),
        ("999999999999999999999.0.0", 1, ""),
    ],
)
def test_t4_an_edition_that_is_not_known_is_never_taken_for_this_one(
    locked, onex, edition, status, said
):
    """Older and unknown ones are refused by name; only `migrate` lifts, and it is never called unasked."""
    path = locked / "node.onex"
    path.write_text(
        path.read_text().replace('metadata_version: "1.0.0"', f'metadata_version: "{edition}"')
    )
    if not status:
        assert onex("lock").exit_code == 0
    before = path.read_bytes()

    ended = onex("validate")
    assert (ended.exit_code, said in ended.stdout) == (status, True), ended
    for command in (["lock"], ["run"], ["test"], ["lock", "--check"], RUN):
        onex(*command)
    assert path.read_bytes() == before
    if status:
        assert onex(*RUN).exit_code == 2


DOWNGRADES = {
    "stage": ("lifecycle: review", "lifecycle: draft"),
    "version": ('version: "0.1.0"', 'version: "0.0.9"'),
    "effects": ("network: false", "network: true"),
    "idempotence": ("idempotent: true", "idempotent: false"),
}


@pytest.mark.parametrize(("old", "new"), DOWNGRADES.values(), ids=list(DOWNGRADES))
def test_t4_nothing_is_taken_back_under_a_lock_that_holds(locked, onex, old, new):
    """A stage, a version or a promise that was edited by hand breaks the lock."""
    path = locked / "node.onex"
    path.write_text(path.read_text().replace(old, new, 1))

    assert found_in(locked) == [None]
    assert onex("lock", "--check").exit_code == 1


def test_t4_a_lock_of_another_node_is_no_lock(locked, onex):
    """An old lock, or that of a twin, holds for what it was made of alone."""
    assert onex("scaffold", "demo.text.other").exit_code == 0
    other = (locked.parent / "other/node.onex").read_text()
    path = locked / "node.onex"
    path.write_text(HASH.sub(lambda _: HASH.search(other)[0], path.read_text()))

    assert found_in(locked) == [None]
    assert onex(*RUN).exit_code == 2
