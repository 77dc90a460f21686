"""``onex init --ci``: the workflow that holds every change to its contracts."""

import json
import os

from onex import __version__
from onex.cli.messages import relative, say
from onex.core.files import make_folder_in, write_atomic

GITHUB = """\
# Every node is held to its schema, lock, tree and contract: see `onex explain`.
name: onex

on:
  push:
    branches: [main, master]
  pull_request:

permissions:
  contents: read

jobs:
  validate:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          python-version: "3.13"
      - run: python -I -m pip install "onex-contracts=={version}"
      - run: onex validate --output-format github
        working-directory: {folder}
"""

GITLAB = """\
# Every node is held to its schema, lock, tree and contract: see `onex explain`.
onex:
  image: python:3.13-slim
  script:
    - pip install "onex-contracts=={version}"
    - cd ./{folder}
    - onex validate --output-format gitlab --output "$CI_PROJECT_DIR/onex.json"
  artifacts:
    when: always
    reports:
      codequality: onex.json
"""

FILES = {
    "github": (os.path.join(".github", "workflows", "onex.yml"), GITHUB),
    "gitlab": (os.path.join(".gitlab", "onex.yml"), GITLAB),
}

GITLAB_FILE = ".gitlab-ci.yml"


def write_ci(repository: str, folder: str) -> None:
    """Write the workflow into ``repository``, for GitLab where that is what builds it.

    Args:
        repository: the folder that is checked out.
        folder: the workspace, as seen from there.

    Raises:
        OnexError: a file stands where a folder belongs, or it cannot be written.
    """
    is_gitlab = os.path.lexists(os.path.join(repository, GITLAB_FILE))
    name, text = FILES["gitlab" if is_gitlab else "github"]
    path = os.path.join(repository, name)
    if os.path.lexists(path):
        say(f"kept  {relative(path)}")
        return
    make_folder_in(repository, os.path.dirname(name))
    name_of_folder = json.dumps(folder, ensure_ascii=False)
    write_atomic(path, text.format(version=__version__, folder=name_of_folder).encode())
    say(f"wrote {relative(path)}")
    if is_gitlab:
        say(f'next: put `include: "{name}"` into {GITLAB_FILE}')
    else:
        say(f"next: git add {relative(path)}")
