"""`onex init`: what it writes for hooks and for CI, and what it leaves alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tests.repositories import git

from onex.cli.init_hooks import complete
from onex.core import document

BIN = Path(sys.executable).parent
CONFIG = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/onex.yml"
MANIFEST = Path(__file__).parents[3] / ".pre-commit-hooks.yaml"

OTHER = """\
repos:
  - repo: https://example.invalid/other
    rev: v1
    hooks:
      - id: other
"""


@pytest.fixture
def init(onex, tmp_path):
    """The command, in an empty repository."""
    git(tmp_path, "init", "-q")

    def call(*arguments):
        return onex("init", "--owner", "team", *arguments)

    return call


def gates(result):
    """What was said of hooks and workflows, the lines of a new workspace aside."""
    words = (".vscode", ".gitattributes", "onex.toml", ".tree", "onex scaffold")
    return [row for row in result.stdout.splitlines() if not any(word in row for word in words)]


def test_a_hook_is_written_once(init, tmp_path):
    """A second call changes nothing, and says so."""
    assert gates(init("--hooks")) == [
        f"wrote {CONFIG}",
        "next: pre-commit install, or prek install",
    ]
    before = (tmp_path / CONFIG).read_bytes()

    assert gates(init("--hooks")) == [f"kept  {CONFIG}"]
    assert (tmp_path / CONFIG).read_bytes() == before


@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_the_hook_is_that_of_the_manifest(runner, init, tmp_path):
    """What `init` writes does what the hook of the repository does; both runners take it."""
    init("--hooks")

    (manifest,) = [
        hook for hook in yaml.safe_load(MANIFEST.read_text()) if hook["id"] == "onex-validate"
    ]
    manifest.pop("description")
    repository = yaml.safe_load((tmp_path / CONFIG).read_text())["repos"][0]
    assert repository == {
        "repo": "local",
        "hooks": [{**manifest, "additional_dependencies": ["onex-contracts==0.1.0"]}],
    }
    subprocess.run([BIN / runner, "validate-config", tmp_path / CONFIG], check=True)


CONFIGS = {
    "plain": OTHER,
    "no_line_end": OTHER.rstrip("\n"),
    "windows": OTHER.replace("\n", "\r\n"),
    "mark": "\ufeff" + OTHER,
    "comments": f"# head\n{OTHER}# tail\n",
    "flat": OTHER.replace("\n  ", "\n"),
    "wide": OTHER.replace("- ", "-   ").replace("\n    ", "\n      "),
    "followed": f"{OTHER}\nexclude: ^a/ # mine\n",
    "block": OTHER.replace("id: other", "id: |\n          other\n\n\n") + "fail_fast: true\n",
    "flow_inside": "repos: # all\n- {repo: meta, hooks: [{id: identity}]}\n",
    "of_another_workspace": OTHER.replace("other", "onex-validate")
    + '        args: ["--touched=nodes", "--"]\n',
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_configuration_is_completed(name, init, tmp_path):
    """One more repository stands at the end; every byte that was there is there."""
    text = CONFIGS[name]
    (tmp_path / CONFIG).write_bytes(text.encode())

    assert gates(init("--hooks"))[0] == f"completed {CONFIG}"

    after = (tmp_path / CONFIG).read_bytes().decode()
    before, now = yaml.safe_load(text), yaml.safe_load(after)
    assert now["repos"].pop()["hooks"][0]["id"] == "onex-validate"
    assert now == before
    at = after.index("- repo: local")
    head = after[:at].rstrip(" \r\n")
    assert text.startswith(head)
    assert after.endswith(text[len(head) :].lstrip("\r\n"))
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)
    assert gates(init("--hooks")) == [f"kept  {CONFIG}"]


@pytest.mark.parametrize(
    "text",
    [
        "repos: []\n",
        "repos:\n",
        "fail_fast: true\n",
        "[]\n",
        "{repos: [{repo: meta}]}\n",
        "repos: &all\n- repo: meta\n",
        "repos: [\n",
        "",
        "repos: a\nrepos: b\n",
    ],
)
def test_what_cannot_be_completed_stays(text, init, tmp_path):
    """The file is as it was, and the next step is said."""
    (tmp_path / CONFIG).write_text(text)

    result = init("--hooks")

    assert result.exit_code == 2
    assert result.stderr.startswith(f"onex: {CONFIG}:")
    assert "  help: " in result.stderr
    assert (tmp_path / CONFIG).read_text() == text


def test_a_workspace_inside_the_repository(init, tmp_path):
    """Hooks and workflows stand at the root of the repository, and name the folder."""
    (tmp_path / CONFIG).write_text(OTHER)

    init("my nodes", "--hooks", "--ci")

    config = yaml.safe_load((tmp_path / CONFIG).read_text())
    assert config["repos"][1]["hooks"][0]["args"] == ["--touched=my nodes", "--"]
    steps = yaml.safe_load((tmp_path / WORKFLOW).read_text())["jobs"]["validate"]["steps"]
    assert steps[-1]["working-directory"] == "my nodes"


@pytest.mark.parametrize("name", ["${{ x }}", "a'b", 'a"b', "a\nb", "a;b", "a\\b"])
def test_a_name_that_others_read_is_refused(name, init, tmp_path):
    """A folder's name becomes part of no expression and no command; nothing is written."""
    result = init(name, "--ci")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "hooks and workflows need a path of letters" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


def test_a_workflow_is_written_once(init, tmp_path):
    """It may read, and nothing else; what it uses is pinned; GitHub's form is kept."""
    assert gates(init("--ci")) == [f"wrote {WORKFLOW}", f"next: git add {WORKFLOW}"]
    text = (tmp_path / WORKFLOW).read_text()
    workflow = document.parse(text.encode(), WORKFLOW).value

    assert gates(init("--ci")) == [f"kept  {WORKFLOW}"]
    schema = get_builtin_schema("vendor.github-workflows")
    assert [error.message for error in Draft7Validator(schema).iter_errors(workflow)] == []
    assert workflow["permissions"] == {"contents": "read"}
    used = [step["uses"] for step in workflow["jobs"]["validate"]["steps"] if "uses" in step]
    assert [len(name.partition("@")[2]) for name in used] == [40, 40]
    assert "onex-contracts==0.1.0" in text


def test_gitlab_gets_a_file_of_its_own(init, tmp_path):
    """The pipeline of a person is not edited; the one line that it needs is said."""
    (tmp_path / ".gitlab-ci.yml").write_text("stages: [test]\n")

    assert gates(init("--ci")) == [
        "wrote .gitlab/onex.yml",
        'next: put `include: ".gitlab/onex.yml"` into .gitlab-ci.yml',
    ]
    job = yaml.safe_load((tmp_path / ".gitlab/onex.yml").read_text())
    schema = get_builtin_schema("vendor.gitlab-ci")
    assert [error.message for error in Draft7Validator(schema).iter_errors(job)] == []
    assert (tmp_path / ".gitlab-ci.yml").read_text() == "stages: [test]\n"
    assert not (tmp_path / ".github").exists()


def test_a_link_where_a_folder_belongs_is_not_followed(init, tmp_path):
    """A repository names no place outside of it to write to."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".github").symlink_to("elsewhere")

    result = init("--ci")

    assert result.exit_code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_editor_finds_the_schema(init, tmp_path):
    """The settings of VS Code name the file that is written beside them."""
    init()

    settings = json.loads((tmp_path / ".vscode/settings.json").read_text())
    (path,) = settings["yaml.schemas"]
    assert json.loads((tmp_path / path).read_text())["title"] == "OnexNode"


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling", "large"])
def test_what_is_no_configuration_stays(kind, init, tmp_path):
    """Whatever stands in the place of the file: one error, at once, and nothing is written there."""
    path = tmp_path / CONFIG
    make = {
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "dangling": lambda: path.symlink_to("nowhere"),
        "large": lambda: path.write_bytes(OTHER.encode() + b"#" * (1 << 20)),
    }
    make[kind]()
    before = path.lstat()

    result = init("--hooks")

    assert (result.exit_code, result.stderr.count("\n")) == (2, 2)
    assert result.stderr.startswith(f"onex: {CONFIG}:")
    assert path.lstat()[:7] == before[:7]
    assert not (tmp_path / "nowhere").exists()


def test_a_link_to_a_configuration_stays_a_link(init, tmp_path):
    """What it leads to is completed."""
    (tmp_path / "shared.yaml").write_text(OTHER)
    (tmp_path / CONFIG).symlink_to("shared.yaml")

    init("--hooks")

    assert (tmp_path / CONFIG).is_symlink()
    assert "onex-validate" in (tmp_path / "shared.yaml").read_text()


WORDS = st.text("ab:#-'\" é", min_size=1, max_size=5)
REPOSITORY = st.fixed_dictionaries(
    {"repo": WORDS, "hooks": st.lists(st.fixed_dictionaries({"id": WORDS}), max_size=2)}
)


@given(
    repositories=st.lists(REPOSITORY, min_size=1, max_size=3),
    other=st.dictionaries(st.sampled_from(["exclude", "files", "a", "z"]), WORDS, max_size=2),
    form=st.fixed_dictionaries(
        {"indent": st.integers(2, 6), "width": st.sampled_from([1, 80]), "sort_keys": st.booleans()}
    ),
    end=st.sampled_from(["", "\n", "\n\n# end", "\n# end\n"]),
)
def test_completing_adds_one_repository_and_changes_nothing_else(repositories, other, form, end):
    """However a program wrote the file: it reads as before with one more, or it is refused."""
    value = {"repos": repositories, **other}
    before = (yaml.safe_dump(value, allow_unicode=True, **form).rstrip("\n") + end).encode()
    hook = "- repo: local\n  hooks: []\n"

    after = complete(before, hook, CONFIG)

    assert yaml.safe_load(after) == {**value, "repos": [*repositories, yaml.safe_load(hook)[0]]}
    pieces = after.split(b"- repo: local\n")
    head, tail = pieces[0].rstrip(b" \n"), pieces[1].partition(b"hooks: []\n")[2]
    assert head + before[len(head) : len(before) - len(tail)] + tail == before
