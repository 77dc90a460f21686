"""Rows P1, P2, P6, P11 and P12: what a document or a folder names is never a way out of it, or too much."""

import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from onex.core import document

ONEX = str(Path(sys.executable).parent / "onex")
SOURCE = Path(document.__file__).parent.parent
NODE = "demo/text/clean"
CANARY = "canary-of-a-place-outside"
RUN = ["run", "demo.text.clean", "--set", "text=a"]


def content(folder):
    """Every file below ``folder`` and its bytes; what runs record aside."""
    return {
        str(path): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if (path.is_symlink() or path.is_file()) and "reports" not in path.parts
    }


@pytest.fixture
def inside(onex, tmp_path_factory, monkeypatch):
    """A workspace in a folder that holds files of others: code, a contract and a document."""
    outside = tmp_path_factory.mktemp("outside")
    workspace = outside / "inside"
    workspace.mkdir()
    monkeypatch.chdir(workspace)
    assert onex("init", ".").exit_code == 0
    assert onex("scaffold", "demo.text.clean").exit_code == 0
    (outside / "x.py").write_text(f"def run(text):\n    raise SystemExit('{CANARY}')\n")
    (outside / "x.json").write_text(json.dumps({"title": CANARY}))
    (outside / "x").write_text(f"#!/bin/sh\necho {CANARY}\n")
    (outside / "x").chmod(0o755)
    return workspace


OUT = "../../../../x"
PATHS = [
    OUT, f"./{OUT}", f"data/../{OUT}", f"data/{OUT}", "/etc/hostname", "//etc/hostname", "///etc/hostname",
    "~/x", "~root/x", "$HOME/x", "${HOME}/x", "%USERPROFILE%/x", "..", ".", "./", "", "a//x", "a/./x", "a/", "../",
    "..\\x", "\\x", "a\\..\\x", "C:/x", "C:x", "c:\\x", "\\\\host\\share\\x", "//host/share/x", "\\\\?\\C:\\x",
    "file:///etc/hostname", "http://127.0.0.1/x", "x\0", "x\n", "\x1b[31mx", "a/../../../../../x", ".../x", "x\u202e",
]  # fmt: skip
PLACES = {
    "the code": ("target: node.py:run", "target: {}", ".py:run"),
    "the program": ("  type: python\n  target: node.py:run", "  type: cli\n  target: {}", ""),
    "the contract": ("state_contract: state_contract.json", "state_contract: {}", ".json"),
    "what is shared": ("\neffects:", "\nshared: [{}]\neffects:", ".json"),
}


@pytest.mark.parametrize(("old", "new", "end"), PLACES.values(), ids=list(PLACES))
def test_p1_no_path_of_a_document_leads_out_of_the_node(inside, onex, old, new, end):
    """Wherever a path may stand: `validate` refuses it at its line, and nothing outside is read or run."""
    path = inside / NODE / "node.onex"
    text = path.read_text()
    assert old in text
    before = content(inside.parent)
    for name in PATHS:
        path.write_text(text.replace(old, new.format(json.dumps(f"{name}{end}")), 1))
        given = {**before, str(path): path.read_bytes()}
        locked = onex("lock")
        if locked.exit_code:
            assert content(inside.parent) == given, name
        checked, ran, tested = onex("validate"), onex(*RUN), onex("test", "demo.text.clean")

        assert checked.exit_code == 1, (name, checked)
        assert re.search(rf"(?m)^{NODE}/node\.onex:\d+:\d+: ONX\d+ (?!warning)", checked.stdout), (
            name
        )
        assert ran.exit_code in {1, 2}, (name, ran)
        words = "".join(e.stdout + e.stderr for e in (locked, checked, ran, tested))
        assert CANARY not in words, name
        assert "a fault in onex itself" not in words, name
    written = {place for place, data in content(inside.parent).items() if before.get(place) != data}
    assert written == {str(path)}


WRITERS = [
    ["fmt"],
    ["fmt", NODE],
    ["migrate", "--to", "1.0.0"],
    ["migrate", ".", "--to", "1.0.0"],
    ["validate", "--fix", "--unsafe-fixes"],
    ["lock"],
    ["tree", "--write"],
    ["lifecycle", "demo.text.clean", "review"],
    ["infer", "demo.text.clean", "--write"],
    ["adopt", "."],
]
MOVED = [
    f"{NODE}/node.onex",
    f"{NODE}/state_contract.json",
    f"{NODE}/node.py",
    NODE,
    "demo",
    ".tree",
    "demo/.tree",
]


@pytest.mark.parametrize("place", MOVED)
def test_p2_nothing_is_written_through_a_link(inside, onex, place):
    """What is linked to lies elsewhere, and belongs to somebody else: no command that writes follows."""
    contract = inside / NODE / "state_contract.json"
    contract.write_text(json.dumps(json.loads(contract.read_text())))  # which `fmt` would lay out
    document_ = inside / NODE / "node.onex"
    document_.write_text(document_.read_text().replace("owner: ", "owner:     "))
    target = inside.parent / "theirs"
    shutil.move(inside / place, target)
    (inside / place).symlink_to(target)
    before = content(target) if target.is_dir() else target.read_bytes()

    for command in WRITERS:
        ended = onex(*command)
        assert ended.exit_code in {0, 1, 2}, command
        assert "a fault in onex itself" not in ended.stderr, command
        now = content(target) if target.is_dir() else target.read_bytes()
        assert now == before, command


def test_p2_a_new_node_is_not_made_behind_a_link(inside, onex):
    """A folder on the way may be a link by the time that something is made in it."""
    theirs = inside.parent / "theirs"
    theirs.mkdir()
    (inside / "other").symlink_to(theirs)
    (inside / "demo/more").symlink_to(theirs)

    for name in ("other.node", "demo.more.node", "demo.more"):
        assert onex("scaffold", name).exit_code == 2
    assert list(theirs.iterdir()) == []


UNSEEN = [
    "\x1b[31m",
    "\x9b",
    "\x7f",
    "\u200b",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ufeff",
    "\U000e0041",
    "\u00ad",
    "\u3164",
]
SIGHT_ALIKE = ["dem\u043e", "\uff44emo", "\ufb01le", "\u2160", "\u0130", "\u0131"]


@pytest.mark.parametrize("name", [*UNSEEN, *SIGHT_ALIKE])
def test_p6_no_id_holds_what_nobody_sees_or_takes_for_something_else(inside, onex, name):
    """In a folder, in a `.tree`, in a document and on the command line: a name is plain ASCII or none."""
    before = content(inside)
    for command in (
        ["scaffold", f"demo.a{name}b"],
        ["run", f"demo.{name}"],
        ["validate", f"demo.{name}"],
    ):
        ended = onex(*command)
        assert ended.exit_code == 2
        assert ended.stderr.replace("\n", "").isprintable()
        assert not set(UNSEEN).intersection(ended.stderr)
    assert content(inside) == before

    (inside / "demo/text" / f"a{name}b").mkdir()
    shutil.copy(inside / NODE / "node.onex", inside / "demo/text" / f"a{name}b")
    checked = onex("validate")
    assert checked.exit_code == 1
    assert checked.stdout.replace("\n", "").isprintable()
    assert not set(UNSEEN).intersection(checked.stdout)


def archive(kind):
    """An archive with everything that unpacking has ever gone wrong over."""
    names = ["../../x", "/x", "a", "A", "a", "b/../../x", "node.py", "x" * 300, "con", "a:b"]
    held = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
            for name in dict.fromkeys(names):
                file.writestr(name, b"\0" * 1000)
            file.writestr("bomb", b"\0" * 20_000_000)
        return held.getvalue()
    with tarfile.open(fileobj=held, mode=f"w:{kind}") as file:
        for name in names:
            file.addfile(tarfile.TarInfo(name))
        for name, what in (
            ("pipe", tarfile.FIFOTYPE),
            ("link", tarfile.SYMTYPE),
            ("hard", tarfile.LNKTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.mode = what, "../../../x", 0o4755
            file.addfile(info)
    return held.getvalue()


ARCHIVES = {
    "a.zip": "zip",
    "a.tar": "",
    "a.tar.gz": "gz",
    "a.whl": "zip",
    "node.onex": "zip",
    "a.tgz": "gz",
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_p11_an_archive_is_a_file_like_others(inside, onex, name):
    """Nothing is unpacked: what lies in a node is locked as bytes, and what is no document is refused."""
    path = inside / NODE / name
    path.write_bytes(archive(ARCHIVES[name]))
    before = set(content(inside.parent))

    is_document = name == "node.onex"
    assert (onex("lock").exit_code != 0) == is_document
    assert (onex("validate").exit_code != 0) == is_document
    assert (onex(*RUN).exit_code != 0) == is_document
    for command in (
        ["adopt", path],
        ["migrate", path, "--to", "1.0.0"],
        ["scaffold", path],
    ):
        assert onex(*command).exit_code in {1, 2}, command
    assert set(content(inside.parent)) == before


def test_p11_no_module_of_onex_can_unpack():
    """The only library of archives that onex has is none: it would have to be named here."""
    unpacking = re.compile(
        r"^\s*(?:import|from) (?:zipfile|tarfile|shutil|zipimport|gzip|bz2|lzma)\b", re.MULTILINE
    )
    found = {
        str(path.relative_to(SOURCE)): unpacking.findall(path.read_text())
        for path in SOURCE.rglob("*.py")
    }
    used = {path for path, lines in found.items() if any("shutil" not in line for line in lines)}

    assert used == set()
    for path in SOURCE.rglob("*.py"):
        assert "unpack_archive" not in path.read_text()


@pytest.mark.parametrize("depth", [60, 65, 66, 200])
def test_p12_depth_is_told_not_met_with_recursion(inside, onex, depth):
    """A node as deep as a tree may be is found; a deeper one is named, and nothing falls over."""
    folder = inside.joinpath(*["d"] * depth)
    folder.mkdir(parents=True)
    shutil.copy(inside / NODE / "node.onex", folder)

    for command in (
        ["tree", "--write"],
        ["tree", "--check"],
        ["validate"],
        ["lock"],
        ["list"],
        ["fmt", "--check"],
        ["doctor"],
    ):
        ended = onex(*command)
        assert ended.exit_code in {0, 1, 2}, command
        assert "a fault in onex itself" not in ended.stderr, command
        assert "ecursion" not in ended.stdout + ended.stderr, command
    # A tree is 64 folders deep at most, with its nodes in them.
    assert ("lies more than 64 folders deep" in onex("tree", "--check").stdout) == (depth > 65)


def test_p12_hard_links_are_locked_as_the_files_that_they_are(inside, onex):
    """Two names of one file are two files; changing one changes both, and both are told."""
    os.link(inside / NODE / "node.py", inside / NODE / "again.py")
    assert onex("lock").exit_code == 0
    (inside / NODE / "again.py").write_text("")

    said = onex("lock", "--check").stdout
    assert "again.py has changed" in said
    assert "node.py has changed" in said
    assert onex("fmt").exit_code == 0
    os.link(inside / NODE / "node.onex", inside.parent / "theirs")
    (inside / NODE / "more").write_text("")
    before = (inside.parent / "theirs").read_bytes()
    assert onex("lock").exit_code == 0
    assert (inside.parent / "theirs").read_bytes() == before


COUNT = 10_000


def test_p12_ten_thousand_nodes_are_one_index(inside):
    """Each is found and listed, in little memory and without a descriptor for each."""
    folder = inside / "many"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"n{number:05}").mkdir()
        os.link(inside / NODE / "node.onex", folder / f"n{number:05}/node.onex")
    entries = [f"- n{number:05}/node.onex\n" for number in range(COUNT)]
    (folder / ".tree").write_text("entries:\n" + "".join(entries))
    (inside / ".tree").write_text("entries:\n- demo/\n- many/\n")

    def bounds():
        resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))

    ended = subprocess.run(
        [ONEX, "tree", "--check"], cwd=inside, capture_output=True, check=False, preexec_fn=bounds
    )
    assert (ended.returncode, ended.stdout) == (
        0,
        f"{COUNT + 1} nodes listed: 0 problems\n".encode(),
    )
