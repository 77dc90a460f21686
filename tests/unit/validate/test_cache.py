"""A verdict from another time is the verdict of today, or it is not taken; nothing else is written."""

import hashlib
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import many_nodes
from tests.rules.test_rules import FAILING, build, case_id

from onex.core import lock, node
from onex.core.workspace import Workspace
from onex.validate import cache, judge
from onex.validate.engine import validate
from onex.validate.judge import Means
from onex.validate.rules import RULES, SETTLED


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A workspace with nodes of all kinds."""
    root = tmp_path_factory.mktemp("many")
    many_nodes.make(root)
    return root


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder for caches, which are used for any number of nodes."""
    monkeypatch.setattr(judge, "LEAST_CACHED", 1)
    return tmp_path / "caches"


def means(folder, root, jobs=1):
    """One process, and the verdicts in ``folder``."""
    return Means(jobs, lambda rules: cache.load(os.fspath(folder), os.fspath(root), rules))


def file_of(folder):
    """The one cache in ``folder``."""
    (found,) = folder.iterdir()
    return found


def judged_anew(monkeypatch, root, using):
    """The verdict, and the names of the nodes that rules looked at for it."""
    looked = []
    examine = judge.examine
    monkeypatch.setattr(
        judge, "examine", lambda path, *more: (looked.append(path), examine(path, *more))[1]
    )
    verdict = many_nodes.judge(root, using)
    monkeypatch.setattr(judge, "examine", examine)
    return verdict, {path.split("/")[-2] for path in looked}


def test_known_verdicts_are_taken(many, folder, monkeypatch):
    """What has anything unusual about it, or a file that has changed, is judged each time."""
    plain = many_nodes.judge(many)

    cold, first = judged_anew(monkeypatch, many, means(folder, many))
    warm, second = judged_anew(monkeypatch, many, means(folder, many))

    assert cold == warm == plain
    assert len(first) == plain.nodes
    assert second == {"broken0", "no-contract0", "ignores0", "link0", "stale0", "program0"}


@pytest.mark.parametrize("case", FAILING, ids=case_id)
def test_every_rule_says_the_same_from_the_cache(case, tmp_path, folder):
    """Cold and warm, each failing case of each rule gives the verdict that it gives without a cache."""
    root = tmp_path / "root"
    root.mkdir()
    build(case, root)
    call = partial(validate, Workspace(os.fspath(root)), today=many_nodes.TODAY, preview=True)
    plain = call()

    assert call(means=means(folder, root)) == plain
    assert call(means=means(folder, root)) == plain


EDITS = {
    "document": lambda folder: (folder / "node.onex").write_bytes(b"name: [\n"),
    "contract": lambda folder: (folder / "state_contract.json").write_text("{}"),
    "code": lambda folder: (folder / "node.py").write_text("x = 1\n"),
    "new file": lambda folder: (folder / "more.txt").write_text(""),
    "file gone": lambda folder: (folder / "node.py").unlink(),
    "executable": lambda folder: (folder / "node.py").chmod(0o755),
    "nested": lambda folder: (folder / "more").mkdir() or (folder / "more/a.txt").write_text("a"),
    "link": lambda folder: (folder / "more").symlink_to("node.py"),
    "moved": lambda folder: folder.rename(folder.parent / "moved"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_changes_is_judged_anew(edit, many, tmp_path, folder):
    """Also when size and time of the last change are what they were."""
    root = tmp_path / "root"
    shutil.copytree(many, root, symlinks=True)
    assert many_nodes.judge(root, means(folder, root)).nodes
    before = {path: path.stat() for path in (root / "demo/clean0").iterdir()}

    EDITS[edit](root / "demo/clean0")
    for path, status in before.items():
        if path.exists():
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    found = many_nodes.judge(root, means(folder, root))
    assert found == many_nodes.judge(root)
    assert found.findings != []


def test_dates_are_always_looked_at(many, folder):
    """A waiver or a deprecated node may pass its day while nothing is edited."""
    call = partial(validate, Workspace(os.fspath(many)), preview=True)
    verdicts = [
        (call(today=day, means=means(folder, many)), call(today=day))
        for day in ("2024-01-01", "2026-01-01", "2099-06-01", "2024-01-01")
    ]

    assert all(kept == plain for kept, plain in verdicts)
    assert verdicts[0] == verdicts[3]
    assert len({str(plain.findings) for _, plain in verdicts}) == 3


def test_other_rules_have_verdicts_of_their_own(many, folder):
    """With previews, without, and with them again."""
    for preview in (True, False, True):
        call = partial(validate, Workspace(os.fspath(many)), preview=preview)
        assert call(means=means(folder, many)) == call()

    assert len(list(folder.iterdir())) == 2


WORLD = [
    ("world", lambda: iter(["another onex"])),
    ("FORM", b"onex verdicts 2"),
    ("MODE", 0o440),
]


@pytest.mark.parametrize(("name", "value"), WORLD, ids=lambda value: str(value)[:8])
def test_verdicts_of_another_onex_are_not_taken(many, folder, monkeypatch, name, value):
    """A rule, a schema, an engine or Python may have changed; the file is written anew."""
    many_nodes.judge(many, means(folder, many))
    monkeypatch.setattr(cache, name, value)

    assert cache.load(os.fspath(folder), os.fspath(many), SETTLED).verdicts() == {}
    _, looked = judged_anew(monkeypatch, many, means(folder, many))

    assert len(looked) == 23


def test_context_is_what_a_verdict_follows_from():
    """Rules, schemas and engines: each of them is there."""
    world = repr(list(cache.world()))

    for name in (
        "secret.py",
        "yaml.py",
        "onex_node.json",
        "jsonschema_rs-",
        "pyyaml-",
        "compare.py",
    ):
        assert name in world


def spoil(path, data):
    """Put ``data`` into the file as its owner could."""
    path.chmod(0o600)
    path.write_bytes(data)
    path.chmod(cache.MODE)


def signed(body, data):
    """A file with that body and the head that belongs to it."""
    context = data.split(b" ")[3]
    digest = hashlib.sha256(body).hexdigest().encode()
    return b" ".join([*data.split(b" ")[:3], context, digest]) + b"\n" + body


SPOILT = {
    "empty": lambda _: b"",
    "cut": lambda data: data[:-1],
    "cut in the head": lambda data: data[:40],
    "longer": lambda data: data + b" ",
    "one bit": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "no head": lambda data: data.partition(b"\n")[2],
    "zeros": lambda data: bytes(len(data)),
    "no keys": lambda data: signed(data.partition(b"\n")[2].partition(b"\n")[2], data),
    "no rows": lambda data: signed(data.partition(b"\n")[2].partition(b"\n")[0], data),
    "rows cut": lambda data: signed(data.partition(b"\n")[2][:-1], data),
    "fewer rows": lambda data: signed(data.partition(b"\n")[2].partition(b"\n")[0] + b"\n[]", data),
    "rows of one": lambda data: signed(
        data.partition(b"\n")[2].partition(b"\n")[0] + b"\n[" + b"[]," * 16 + b"[]]", data
    ),
    "not JSON": lambda data: signed(b"{", data),
    "not UTF-8": lambda data: signed(b"\xff", data),
    "a list": lambda data: signed(b"[]", data),
    "a number": lambda data: signed(b"1", data),
    "deep": lambda data: signed(b"[" * 100_000, data),
    "rows of another length": lambda data: signed(b'{"demo/clean0/node.onex": [1]}', data),
    "rows that are none": lambda data: signed(b'{"demo/clean0/node.onex": 1}', data),
    "other values": lambda data: signed(b'{"demo/clean0/node.onex": [1, 2, 3, 4, 5]}', data),
    "a long number": lambda data: signed(b'{"a": ' + b"1" * 5000 + b"}", data),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_spoilt_cache_is_no_cache(many, folder, spoilt):
    """Whatever stands in the file, the verdict is right, and the file is whole again."""
    plain = many_nodes.judge(many)
    many_nodes.judge(many, means(folder, many))
    path = file_of(folder)
    whole = path.read_bytes()
    spoil(path, SPOILT[spoilt](whole))

    assert many_nodes.judge(many, means(folder, many)) == plain
    assert file_of(folder).read_bytes() == whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.floats(0, 1))
def test_any_bytes_are_no_verdict(many, folder, data, place):
    """Random bytes anywhere in the file never give another verdict."""
    if not folder.exists():
        many_nodes.judge(many, means(folder, many))
        shutil.copy(file_of(folder), folder.parent / "whole")
    whole = (folder.parent / "whole").read_bytes()
    at = int(place * len(whole))
    spoil(file_of(folder), whole[:at] + data + whole[at + len(data) :])

    found = cache.load(os.fspath(folder), os.fspath(many), SETTLED).verdicts()

    assert found == {} or file_of(folder).read_bytes() == whole


def link(path):
    """Put a link to the same bytes in its place."""
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def pipe(path):
    """Put a pipe in its place that nobody writes to."""
    path.unlink()
    os.mkfifo(path, cache.MODE)


def foreign(path):
    """Give it to another user."""
    os.chown(path, 65534, -1)


STRANGE = {
    "link": link,
    "pipe": pipe,
    "readable by others": lambda path: path.chmod(0o444),
    "writable": lambda path: path.chmod(0o600),
    "huge": lambda path: (path.chmod(0o600), os.truncate(path, 1 << 40), path.chmod(cache.MODE)),
}
if os.geteuid() == 0:
    STRANGE["of another user"] = foreign


@pytest.mark.parametrize("strange", STRANGE)
def test_file_that_is_not_the_users_own_is_not_read(many, folder, strange):
    """What another user, a checkout or a link brought is put aside, and nothing waits for it."""
    plain = many_nodes.judge(many)
    many_nodes.judge(many, means(folder, many))
    STRANGE[strange](file_of(folder))

    assert cache.load(os.fspath(folder), os.fspath(many), SETTLED).verdicts() == {}
    assert many_nodes.judge(many, means(folder, many)) == plain
    status = os.lstat(file_of(folder))
    assert (oct(status.st_mode), status.st_uid) == (oct(0o100400), os.geteuid())


def test_folder_in_the_place_of_the_file_is_quiet(many, folder):
    """What cannot be replaced stays, and nobody is told."""
    many_nodes.judge(many, means(folder, many))
    path = file_of(folder)
    path.unlink()
    path.mkdir()

    assert many_nodes.judge(many, means(folder, many)) == many_nodes.judge(many)
    assert [entry.name for entry in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("place", ["/proc/onex", "/dev/null/onex", "/" + "a" * 5000])
def test_place_that_cannot_be_written_is_quiet(many, folder, place):
    """A home that is missing or read-only keeps nobody from checking."""
    assert many_nodes.judge(many, means(place, many)) == many_nodes.judge(many)
    assert not folder.exists()


def test_nothing_is_written_when_nothing_is_new(many, folder):
    """The second time, the file is left as it is."""
    many_nodes.judge(many, means(folder, many))
    before = file_of(folder).stat()

    many_nodes.judge(many, means(folder, many))

    assert file_of(folder).stat().st_ino == before.st_ino


def test_verdicts_on_nodes_that_are_gone_go(many, tmp_path, folder):
    """What the whole workspace does not use any more is not kept; a part of it drops nothing."""
    root = tmp_path / "root"
    shutil.copytree(many, root, symlinks=True)
    many_nodes.judge(root, means(folder, root))
    shutil.rmtree(root / "demo/todo0")
    workspace = Workspace(os.fspath(root))
    known = partial(cache.load, os.fspath(folder), os.fspath(root))
    refs = [ref for ref in workspace.tree.nodes if ref.segments[-1] == "clean0"]

    validate(workspace, refs, preview=True, means=means(folder, root))
    kept = [path.name for path in folder.iterdir()]
    many_nodes.judge(root, means(folder, root))

    assert [path.name for path in folder.iterdir()] == kept
    assert "demo/todo0/node.onex" not in known(RULES).keys
    assert "demo/clean0/node.onex" in known(RULES).keys


def test_oldest_cache_gives_way(tmp_path, folder, monkeypatch):
    """A folder holds so many and no more, and what a crash left behind goes."""
    monkeypatch.setattr(cache, "MOST_FILES", 2)
    folder.mkdir()
    (folder / ".onex-tmp-0").write_text("half")
    names = []
    for number in range(4):
        root = tmp_path / f"root{number}"
        shutil.copytree(many_nodes.BASE, root)
        lock.write(node.load(os.fspath(root / "demo/clean")))
        before = set(folder.iterdir())
        many_nodes.judge(root, means(folder, root))
        (new,) = set(folder.iterdir()) - before
        os.utime(new, (number, number))
        names.append(new.name)

    assert sorted(path.name for path in folder.iterdir()) == sorted(names[2:])


def test_cache_that_would_be_too_large_is_not_written(many, folder, monkeypatch):
    """It is bounded, whatever the workspace holds."""
    monkeypatch.setattr(cache, "MOST_BYTES", 100)

    many_nodes.judge(many, means(folder, many))

    assert not folder.exists()


def test_two_at_once_leave_a_whole_file(many, folder, monkeypatch):
    """Several processes that write at the same time: one of them wins."""
    plain = many_nodes.judge(many)
    children = []
    for _ in range(6):
        child = os.fork()
        if not child:
            status = 1
            try:
                status = int(many_nodes.judge(many, means(folder, many)) != plain)
            finally:
                os._exit(status)
        children.append(child)

    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 6
    warm, looked = judged_anew(monkeypatch, many, means(folder, many))
    assert warm == plain
    assert len(looked) < plain.nodes


HOMES = [
    ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/x/onex"),
    ({"XDG_CACHE_HOME": "x", "HOME": "/h"}, "/h/.cache/onex"),
    ({"XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/.cache/onex"),
    ({"HOME": "/h"}, "/h/.cache/onex"),
    ({"HOME": "h"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("variables", "place"), HOMES)
def test_where_caches_lie(variables, place, monkeypatch):
    """As the XDG specification has it; nowhere when there is no home."""
    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert cache.home() == place


def snapshot(root):
    """Every path below ``root`` with what can be seen of it from outside."""
    return {
        path: (path.lstat().st_mode, path.lstat().st_mtime_ns, path.lstat().st_ino)
        for path in [root, *root.rglob("*")]
    }


CALLS = [
    ((), {}, "home"),
    (("--no-cache",), {}, None),
    ((), {"ONEX_VALIDATE_NO_CACHE": "1"}, None),
    (("--jobs", "2"), {}, "home"),
    (("demo.clean0",), {}, None),
]
"""Options, variables, and where a cache is to lie after them."""


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_t8_validate_writes_its_cache_and_nothing_else(many, tmp_path, onex, monkeypatch, call):
    """The tree stays as it is, and so does all of the home but the one folder."""
    options, variables, place = call
    monkeypatch.setattr(judge, "LEAST_CACHED", 2)
    monkeypatch.setattr(judge, "LEAST", 2)
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path / "home"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(many)
    before = snapshot(many)

    results = [onex("validate", *options) for _ in range(2)]

    assert results[0] == results[1]
    assert snapshot(many) == before
    found = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.parent for path in found] == ([] if place is None else [Path(place, "onex")])


def test_folder_of_the_settings(many, tmp_path, onex, monkeypatch):
    """A CI that keeps a folder of the workspace keeps the verdicts in it."""
    root = tmp_path / "root"
    shutil.copytree(many, root, symlinks=True)
    (root / "onex.toml").write_text('cache-dir = ".cache/onex"\n')
    monkeypatch.setattr(judge, "LEAST_CACHED", 2)
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path / "home"))
    monkeypatch.chdir(root)

    results = [onex("validate") for _ in range(2)]

    assert results[0] == results[1]
    assert len(list((root / ".cache/onex").iterdir())) == 1
    assert not (tmp_path / "home").exists()


def test_folder_of_the_settings_is_no_link(many, tmp_path, onex, monkeypatch):
    """P2: a link that a workspace brings leads no file out of it, and nobody is told."""
    root = tmp_path / "root"
    shutil.copytree(many, root, symlinks=True)
    (tmp_path / "elsewhere/onex").mkdir(parents=True)
    (root / ".cache").symlink_to(tmp_path / "elsewhere")
    (root / "onex.toml").write_text('cache-dir = ".cache/onex"\n')
    monkeypatch.setattr(judge, "LEAST_CACHED", 2)
    monkeypatch.chdir(root)

    assert onex("validate").exit_code == 1
    assert list((tmp_path / "elsewhere/onex").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["/var/x", "..", "../x", ".a/../../x", "~/x", "x", ".", ".a//b", ""]
)
def test_folder_of_the_settings_lies_in_the_workspace(many, tmp_path, onex, monkeypatch, name):
    """A workspace that somebody else wrote does not say where files are written."""
    root = tmp_path / "root"
    shutil.copytree(many, root, symlinks=True)
    (root / "onex.toml").write_text(f"cache-dir = '{name}'\n")
    monkeypatch.setattr(judge, "LEAST_CACHED", 2)
    monkeypatch.chdir(root)

    result = onex("validate")

    assert result.exit_code == 2
    assert "cache-dir" in result.stderr
