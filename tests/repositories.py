"""Repositories of git for tests: made without anything of the user's own settings."""

import os
import subprocess

CLEAN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.invalid",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.invalid",
    "GIT_AUTHOR_DATE": "2026-01-17T08:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-17T08:00:00Z",
}


def git(folder, *arguments):
    """What a command of git prints in ``folder``."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    ended = subprocess.run(
        ["git", *arguments],  # noqa: S607 - the git that onex asks, too
        cwd=folder,
        env=kept | CLEAN,
        check=True,
        capture_output=True,
    )
    return ended.stdout.decode()


def commit_all(folder, message="x"):
    """Make ``folder`` a repository if it is none, and commit all that is in it."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
