"""Reading from git: hostile repositories run nothing, and what cannot be read is said so."""

import os
import stat
import subprocess
import zlib

import pytest
from tests.repositories import commit_all, git

from onex.errors import OnexError, UsageError
from onex.evolution import objects
from onex.evolution.folders import FolderShelf
from onex.evolution.objects import opened
from onex.evolution.revisions import RevisionShelf


@pytest.fixture
def repository(tmp_path):
    """A repository with one node of three files, one of them a link and one a program."""
    folder = tmp_path / "demo" / "clean"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / ".tree").write_text("entries:\n- demo/\n")
    (tmp_path / "demo" / ".tree").write_text("entries:\n- clean/node.onex\n- gone/node.onex\n")
    (folder / "node.onex").write_text("x")
    (folder / "sub" / "run.sh").write_text("echo\n")
    (folder / "sub" / "run.sh").chmod(0o755)
    (folder / "link").symlink_to("node.onex")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_text("x")
    commit_all(tmp_path)
    return tmp_path


def blob(data):
    """The object name of a file."""
    import hashlib  # noqa: PLC0415

    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def test_a_revision_is_a_shelf(repository):
    """The nodes that `.tree` leads to and that are there, their files, and the bytes of those."""
    with opened(str(repository / ".git")) as found:
        shelf = RevisionShelf(found, "HEAD", "")

        assert (shelf.label, shelf.algorithm, shelf.folders()) == ("HEAD", "sha1", ["demo/clean"])
        assert shelf.files("demo/clean") == {
            "node.onex": blob(b"x"),
            "sub/run.sh": blob(b"echo\n") + "+x",
            "link": blob(b"node.onex") + "+l",
        }
        assert shelf.read("demo/clean", "sub/run.sh") == (b"echo\n", "HEAD:demo/clean/sub/run.sh")


def test_a_folder_has_the_digests_that_git_gives(repository):
    """Links and programs included, so that what has not changed is seen without being read by git."""
    folder = FolderShelf(str(repository), "here", algorithm="sha1")
    with opened(str(repository / ".git")) as found:
        assert folder.files("demo/clean") == RevisionShelf(found, "HEAD", "").files("demo/clean")


UNREADABLE = [
    ("demo/clean", "gone", "HEAD:demo/clean/gone:1:1: no such file"),
    ("demo/clean", "link", "HEAD:demo/clean/link:1:1: not a regular file"),
    ("demo/clean", "sub", "HEAD:demo/clean/sub:1:1: not a regular file"),
    ("demo/clean", "../../.tree", "HEAD:demo/clean/../../.tree:1:1: no such file"),
    ("demo/none", "node.onex", "HEAD:demo/none/node.onex:1:1: no such file"),
]


@pytest.mark.parametrize(("folder", "path", "message"), UNREADABLE)
def test_what_is_no_file_of_the_revision(repository, folder, path, message):
    """A path is looked up entry by entry; nothing leads out, and no link is followed."""
    with opened(str(repository / ".git")) as found:
        shelf = RevisionShelf(found, "HEAD", "")

        with pytest.raises(OnexError) as caught:
            shelf.read(folder, path)
    assert caught.value.message == message


BAD = [
    "",
    "-h",
    "--help",
    "HEAD\nHEAD",
    "HEAD:demo",
    ":/x",
    "a b",
    "HEAD^{/x}",
    "é",
    "x" * 300,
    "HEAD\0",
    "$(id)",
    "|id",
]


@pytest.mark.parametrize("revision", BAD)
def test_what_is_no_revision(repository, revision):
    """It does not reach git."""
    with opened(str(repository / ".git")) as found, pytest.raises(UsageError):
        found.commit(revision)


def test_a_file_that_is_too_large(repository):
    """Its content is not taken in."""
    (repository / ".tree").write_bytes(b"#" * (1 << 20) + b"\nentries: []\n")
    commit_all(repository)
    with opened(str(repository / ".git")) as found, pytest.raises(OnexError) as caught:
        RevisionShelf(found, "HEAD", "").folders()

    assert (
        caught.value.message
        == "HEAD:.tree:1:1: the file has 1048589 bytes; at most 1048576 are read"
    )


def test_the_size_is_known_before_the_content(repository):
    """What is larger than it may be is not taken in."""
    with opened(str(repository / ".git")) as found:
        assert found.blob(blob(b"x"), "x", 1) == b"x"
        with pytest.raises(OnexError, match="the file has 1 bytes; at most 0 are read"):
            found.blob(blob(b"x"), "x", 0)


def test_an_index_that_is_none(repository):
    """A `.tree` that may hide nodes is not passed over."""
    (repository / ".tree").write_text("entries: 3\n")
    commit_all(repository)
    with opened(str(repository / ".git")) as found, pytest.raises(OnexError) as caught:
        RevisionShelf(found, "HEAD", "").folders()

    assert caught.value.message.startswith("HEAD:.tree:1:1: entries must be null or an array")
    assert caught.value.help == "compare with another revision: `--against REF`"


def test_a_repository_without_a_commit(tmp_path):
    """There is no HEAD to compare with."""
    git(tmp_path, "init", "-q")
    with opened(str(tmp_path / ".git")) as found, pytest.raises(OnexError, match="no such commit"):
        found.commit("HEAD")


def test_what_is_no_repository(tmp_path):
    """What git says is passed on."""
    (tmp_path / ".git").mkdir()
    with opened(str(tmp_path / ".git")) as found, pytest.raises(OnexError) as caught:
        found.commit("HEAD")

    assert caught.value.message == f"{tmp_path}/.git: not a git repository: '{tmp_path}/.git'"


def test_without_git(monkeypatch, tmp_path):
    """One line, and what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OnexError, match="git was not found") as caught, opened(str(tmp_path)):
        pass
    assert "--against DIR" in caught.value.help


def test_a_git_of_the_working_folder_is_not_called(monkeypatch, repository):
    """The search path may name the folder that one stands in."""
    program = repository / "git"
    program.write_text("#!/bin/sh\ntouch called\n")
    program.chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(OnexError, match="git was not found"), opened(".git"):
        pass
    assert not (repository / "called").exists()


def test_a_tree_object_that_git_could_not_have_made(repository):
    """Its bytes are read with care."""
    body = b"100644 name-without-an-end"
    name = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],  # noqa: S607
        input=body, cwd=repository, check=True, capture_output=True,
    ).stdout.decode().strip()  # fmt: skip
    commit = git(repository, "commit-tree", name, "-m", "x").strip()
    with (
        opened(str(repository / ".git")) as found,
        pytest.raises(OnexError, match="no folder that git could have made"),
    ):
        RevisionShelf(found, commit, "")


def test_a_damaged_object_is_no_answer(repository):
    """Nothing is made up in its place."""
    name = blob(b"x")
    path = repository / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 1\0y") + b"rubbish")
    with opened(str(repository / ".git")) as found:
        shelf = RevisionShelf(found, "HEAD", "")
        with pytest.raises(OnexError, match=f"the object {name} is damaged"):
            shelf.read("demo/clean", "node.onex")


def test_git_that_does_not_answer_is_stopped(monkeypatch, repository):
    """An object may be a pipe that nobody writes into (P4)."""
    name = git(repository, "rev-parse", "HEAD").strip()
    path = repository / ".git" / "objects" / name[:2] / name[2:]
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(objects, "SECONDS", 0.3)
    with opened(str(repository / ".git")) as found, pytest.raises(OnexError):
        found.commit(name)


MARK = "called"

HOSTILE = {
    "monitor": [("core.fsmonitor", "{program}")],
    "hooks": [("core.hooksPath", "{folder}")],
    "pager": [("core.pager", "{program}"), ("pager.cat-file", "true")],
    "alias": [("alias.cat-file", "!{program}")],
    "transport": [
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "ext::{program}"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
    ],
    "upload": [
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "{folder}"),
        ("remote.origin.uploadpack", "{program}"),
        ("protocol.file.allow", "always"),
    ],
    "shell": [
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "ssh://host/x"),
        ("core.sshCommand", "{program}"),
        ("protocol.ssh.allow", "always"),
    ],
    "filter": [
        ("filter.f.smudge", "{program}"),
        ("filter.f.textconv", "{program}"),
        ("diff.f.textconv", "{program}"),
    ],
}


@pytest.mark.parametrize("newer", [True, False], ids=["newer", "older"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_repository_names_programs_in_vain(
    monkeypatch, repository, tmp_path_factory, kind, newer
):
    """Not one is called: for hooks, monitors, pagers, filters, or an object that is missing.

    An older git does not know that it is to fetch nothing, and is kept from every transport.
    """
    if not newer:
        monkeypatch.delitem(objects.ENVIRONMENT, "GIT_NO_LAZY_FETCH")
    folder = tmp_path_factory.mktemp("hostile")
    program = folder / "program"
    program.write_text(f"#!/bin/sh\ntouch {folder}/{MARK}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    missing = blob(b"x")
    git(repository, "config", "core.repositoryformatversion", "1")
    for key, value in HOSTILE[kind]:
        git(repository, "config", key, value.format(program=program, folder=folder))
    (repository / ".git" / "info" / "attributes").write_text("* filter=f diff=f\n")
    (repository / ".git" / "objects" / missing[:2] / missing[2:]).unlink()
    monkeypatch.setenv("GIT_PAGER", str(program))
    monkeypatch.setenv("GIT_SSH_COMMAND", str(program))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(program))

    with opened(str(repository / ".git")) as found:
        shelf = RevisionShelf(found, "HEAD", "")
        assert shelf.files("demo/clean")["node.onex"] == missing
        with pytest.raises(OnexError):
            shelf.read("demo/clean", "node.onex")
    assert not (folder / MARK).exists()


def test_the_programs_would_be_called(repository, tmp_path_factory):
    """Git left to itself calls what the repository names; the test above proves something."""
    folder = tmp_path_factory.mktemp("hostile")
    program = folder / "program"
    program.write_text(f"#!/bin/sh\ntouch {folder}/{MARK}\n")
    program.chmod(0o755)
    missing = blob(b"x")
    git(repository, "config", "core.repositoryformatversion", "1")
    for key, value in HOSTILE["transport"]:
        git(repository, "config", key, value.format(program=program, folder=folder))
    (repository / ".git" / "objects" / missing[:2] / missing[2:]).unlink()

    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "cat-file", "-p", missing)
    assert (folder / MARK).exists()
