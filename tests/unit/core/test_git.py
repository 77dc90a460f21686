"""What git has recorded: read exactly, without running what a repository names, and never guessed."""

import os
import stat

import pytest
from tests.repositories import commit_all, git

from onex.core import git as asked
from onex.errors import OnexError, UsageError


@pytest.fixture
def root(tmp_path):
    """A repository with a plain file, a program, a link and an odd name."""
    root = tmp_path / "repo"
    (root / "in/side").mkdir(parents=True)
    (root / "in/plain").write_text("plain\n")
    (root / "in/program").write_text("#!/bin/sh\n")
    (root / "in/program").chmod(0o755)
    (root / "in/link").symlink_to("plain")
    (root / "in/side/ö \t\n").write_bytes(b"\0\xff")
    (root / "out").write_text("out\n")
    commit_all(root)
    return root


def is_same(root, name):
    """Whether a file is as HEAD has it."""
    commit = asked.commit_of(os.fspath(root), "HEAD")
    entry = asked.files_of(os.fspath(root), commit).get(name)
    return asked.is_same(os.path.join(root, name), entry)


def test_files_of_a_commit(root):
    """Every file at or below the folder, by its path from there; names as they are."""
    commit = asked.commit_of(os.fspath(root), "main")
    below = os.fspath(root / "in")

    assert commit == git(root, "rev-parse", "HEAD").strip()
    assert {name: entry.mode for name, entry in asked.files_of(below, commit).items()} == {
        "plain": "100644",
        "program": "100755",
        "link": "120000",
        "side/ö \t\n": "100644",
    }


@pytest.mark.parametrize("name", ["in/plain", "in/program", "in/link", "in/side/ö \t\n", "gone"])
def test_unchanged(root, name):
    """What is as it was is the same, and what never was."""
    assert is_same(root, name)


CHANGES = {
    "edited": ("in/plain", lambda path: path.write_text("plain")),
    "executable": ("in/plain", lambda path: path.chmod(0o755)),
    "not_executable": ("in/program", lambda path: path.chmod(0o644)),
    "removed": ("in/plain", lambda path: path.unlink()),
    "added": ("new", lambda path: path.touch()),
    "link_elsewhere": ("in/link", lambda path: (path.unlink(), path.symlink_to("out"))),
    "link_made_plain": ("in/link", lambda path: (path.unlink(), path.write_text("plain"))),
    "plain_made_link": ("in/plain", lambda path: (path.unlink(), path.symlink_to("program"))),
    "folder": ("out", lambda path: (path.unlink(), path.mkdir())),
    "pipe": ("out", lambda path: (path.unlink(), os.mkfifo(path))),
    "line_ends": ("out", lambda path: path.write_bytes(b"out\r\n")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed(root, change):
    """Content, kind and mode all count; nothing is waited for."""
    name, make = CHANGES[change]
    make(root / name)

    assert not is_same(root, name)


def test_a_file_that_cannot_be_read_counts_as_changed(root, monkeypatch):
    """Not being able to look is no reason to pass a node over."""
    monkeypatch.setattr(asked, "MOST_BYTES", 3)

    assert not is_same(root, "in/plain")


def test_names_leave_out_what_is_ignored(root):
    """Tracked, added and new files; not what `.gitignore` names."""
    (root / ".gitignore").write_text("*.log\n")
    (root / "a.log").touch()
    (root / "new").touch()
    (root / "staged").touch()
    git(root, "add", "staged")

    found = asked.names(os.fspath(root))
    assert found == {
        ".gitignore",
        "new",
        "staged",
        "out",
        "in/plain",
        "in/program",
        "in/link",
        "in/side/ö \t\n",
    }


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_both_kinds_of_names(tmp_path, kind):
    """Repositories may name their objects by SHA-256."""
    git(tmp_path, "init", "-q", f"--object-format={kind}")
    (tmp_path / "a").write_text("a")
    commit_all(tmp_path)

    assert is_same(tmp_path, "a")


@pytest.mark.parametrize(
    "revision", ["nope", "--help", "-h", "HEAD^{tree}:in", "a\nb", "", "HEAD..main", "@{9}"]
)
def test_unknown_commit(root, revision):
    """A name that is none is an error, and none is taken for an option."""
    with pytest.raises(UsageError, match="git knows no such commit"):
        asked.commit_of(os.fspath(root), revision)


@pytest.mark.parametrize("revision", ["a\0b", "a\udcff"])
def test_name_that_no_program_can_be_given(root, revision):
    """Nor does a name that cannot be handed over reach git."""
    with pytest.raises(UsageError, match="this is no name of a commit"):
        asked.commit_of(os.fspath(root), revision)


def test_no_repository(tmp_path):
    """Where there is none, nothing is said to be unchanged."""
    with pytest.raises(OnexError, match=r"git knows no such commit at .*not a git repository"):
        asked.commit_of(os.fspath(tmp_path), "HEAD")
    with pytest.raises(OnexError, match=r"git cannot be read: .*not a git repository"):
        asked.names(os.fspath(tmp_path))


def test_no_git(root, monkeypatch):
    """A machine without git is told so."""
    monkeypatch.setenv("PATH", os.fspath(root))
    with pytest.raises(OnexError, match="git was not found"):
        asked.names(os.fspath(root))


def test_git_of_the_repository_is_not_run(root, monkeypatch):
    """A search path with the working folder in it does not let the repository name the program."""
    (root / "git").write_text(f"#!/bin/sh\ntouch {root}/ran\n")
    (root / "git").chmod(0o755)
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", ".")

    with pytest.raises(OnexError, match="git was not found"):
        asked.names(os.fspath(root))
    assert not (root / "ran").exists()


# T8
def test_nothing_that_the_repository_names_is_run(root):
    """Monitors, hooks, filters, differs, pagers, aliases and transports all stay where they are."""
    trap = root.parent / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {root.parent}/ran\nexit 1\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    (root / ".gitattributes").write_text("* filter=trap diff=trap\n")
    commit = asked.commit_of(os.fspath(root), "HEAD")
    for name in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "core.gitProxy",
        "filter.trap.clean",
        "filter.trap.process",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "gpg.program",
        "alias.ls-tree",
        "alias.ls-files",
        "pager.ls-tree",
    ):
        git(root, "config", name, os.fspath(trap))
    git(root, "config", "core.hooksPath", os.fspath(root.parent / "hooks"))
    (root.parent / "hooks").mkdir()
    for hook in ("post-index-change", "post-checkout", "fsmonitor-watchman"):
        (root.parent / "hooks" / hook).symlink_to(trap)
    # An object that is missing would be fetched from a remote that promises to have it.
    for name, value in (
        ("extensions.partialClone", "origin"),
        ("remote.origin.url", os.fspath(root)),
        ("remote.origin.uploadpack", os.fspath(trap)),
        ("remote.origin.promisor", "true"),
        ("core.repositoryFormatVersion", "1"),
    ):
        git(root, "config", name, value)
    before = (root / ".git/index").read_bytes()
    (root / "in/plain").write_text("edited\n")

    assert not is_same(root, "in/plain")
    asked.names(os.fspath(root))
    tree = git(root, "rev-parse", "HEAD:in").strip()
    (root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(OnexError, match="git cannot be read"):
        asked.files_of(os.fspath(root), commit)

    assert not (root.parent / "ran").exists()
    assert (root / ".git/index").read_bytes() == before


def test_the_trap_of_the_test_above_works(root):
    """A trap that never shuts proves nothing: plain `git status` and `git diff` walk into it."""
    trap = root.parent / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {root.parent}/ran\nexit 1\n")
    trap.chmod(0o755)
    git(root, "config", "core.fsmonitor", os.fspath(trap))
    git(root, "ls-files", "--others")

    assert (root.parent / "ran").exists()
    assert "in/plain" in asked.names(os.fspath(root))


def test_variables_of_a_hook_do_not_lead_elsewhere(root, tmp_path, monkeypatch):
    """In a hook git sets `GIT_DIR` and `GIT_INDEX_FILE`; the repository is the one around the folder."""
    monkeypatch.setenv("GIT_DIR", os.fspath(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", os.fspath(tmp_path / "index"))

    assert "out" in asked.names(os.fspath(root))


def test_git_that_never_answers_is_an_error(root, tmp_path, monkeypatch):
    """A gate that waits for ever is no gate."""
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", os.fspath(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(asked, "SECONDS", 0.2)

    with pytest.raises(OnexError, match="git did not answer within"):
        asked.names(os.fspath(root))
