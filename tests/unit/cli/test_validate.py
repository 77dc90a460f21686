"""`onex validate`: what its options say, write and end with."""

import json
import os

import pytest
from tests.repositories import commit_all

MARK = "left to do: TODO: say in one sentence what this node does"
COUNT = "1 node checked: 0 errors, 3 warnings\n"
CONCISE = f"""\
demo/text/clean/node.onex:8:14: ONX109 warning: {MARK}
demo/text/clean/state_contract.json:8:31: ONX109 warning: left to do: TODO: say what the node takes.
demo/text/clean/state_contract.json:16:31: ONX109 warning: left to do: TODO: say what the node gives.
"""
DOCUMENT = "demo/text/clean/node.onex"


@pytest.fixture
def todo(workspace, onex):
    """The command, with all rules but `todo` left out, in a workspace with one node."""

    def call(*arguments):
        return onex("validate", "--select", "todo", *arguments)

    return call


def put(workspace, text, name="onex.toml"):
    (workspace / name).write_text(text)


def test_concise(todo):
    """One line a finding, then the count."""
    result = todo("--output-format", "concise")

    assert (result.exit_code, result.stdout, result.stderr) == (0, CONCISE + COUNT, "")


def test_statistics(todo, workspace, onex):
    """How often each rule found something, the most frequent first; what a command mends is marked."""
    (workspace / "demo/text/clean/new").touch()
    result = onex("validate", "--select", "todo,unlocked-file", "--statistics")

    assert result.exit_code == 1
    assert result.stdout == (
        "      3  ONX109     todo\n"
        "      1  ONX203 [-] unlocked-file\n"
        "1 node checked: 1 error, 3 warnings (1 fixable with `--fix --unsafe-fixes`)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 0),
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "never"], 0),
        (["--fail-on", "warning", "--exit-zero"], 0),
        (["--fail-on", "warning", "--ignore", "ONX1"], 2),
    ],
)
def test_exit_status(todo, arguments, status):
    """Findings of the named severity and above; looking for nothing is no success."""
    assert todo(*arguments).exit_code == status


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--select", "lifecicle"], "--select: there is no rule 'lifecicle'; did you mean 'lifecycle'?\n  help: run `onex explain` to see all of them"),
        (["--ignore", "ONX103,nope"], "--ignore: there is no rule 'nope'\n  help: run `onex explain` to see all of them"),
        (["--statistics", "--output-format", "sarif"], "--statistics goes with the forms text and concise\n  help: see `onex validate --help`"),
        (["--junit-strict"], "--junit-strict goes with --output-format junit\n  help: see `onex validate --help`"),
        (["--write-baseline"], "--write-baseline goes with --baseline FILE\n  help: see `onex validate --help`"),
        (
            ["--write-baseline", "--baseline", "b", "demo.text.clean"],
            "--write-baseline takes the whole workspace; leave NODES, --select, --ignore, --changed, --touched, --against and --shards out\n  help: see `onex validate --help`",
        ),
        (["--today", "tomorrow"], "--today: expected a date such as 2026-01-31\n  help: see `onex validate --help`"),
        (["--baseline", "b"], "b:1:1: no such baseline\n  help: make it with `--write-baseline`, once"),
    ],
)  # fmt: skip
def test_refused(workspace, onex, arguments, error):
    """What makes no sense is said before anything is checked or written."""
    before = sorted(os.listdir(workspace))
    result = onex("validate", *arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"onex: {error}\n")
    assert sorted(os.listdir(workspace)) == before


# Settings
def test_settings_hold_without_options(workspace, onex):
    """What `onex.toml` says holds for every call, and the command line goes before it."""
    put(workspace, '[validate]\nselect = ["todo"]\nfail_on = "warning"\n')
    assert onex("validate", "--output-format", "concise").stdout == CONCISE + COUNT
    assert onex("validate").exit_code == 1
    assert onex("validate", "--fail-on", "error").exit_code == 0

    put(
        workspace,
        '[validate]\nselect = ["todo"]\n[validate.per_path]\n"demo/**/*.json" = {ignore = ["todo"]}\n',
    )
    assert onex("validate", "--output-format", "concise").stdout == (
        f"{DOCUMENT}:8:14: ONX109 warning: {MARK}\n1 node checked: 0 errors, 1 warning\n"
    )


def test_bad_settings_are_an_error(workspace, onex):
    """A gate whose settings cannot be understood does not guess."""
    put(workspace, '[validate]\nignore = ["tod"]\n')
    result = onex("validate")

    assert result.exit_code == 2
    assert result.stderr == (
        "onex: onex.toml: validate.ignore: there is no rule 'tod'; did you mean 'todo'?\n"
        "  help: run `onex explain` to see all of them\n"
    )


# Changed
def test_nothing_changed_is_said(workspace, todo):
    """Looking and finding no change is a success, and says so; the tree was looked at all the same."""
    commit_all(workspace)
    result = todo("--changed")

    assert (result.exit_code, result.stdout) == (
        0,
        "0 nodes of 1 changed against HEAD; 0 nodes checked: 0 errors, 0 warnings\n",
    )


def test_the_tree_is_checked_whatever_changed(workspace, onex):
    """A node that nobody lists is found, although no listed node has changed."""
    commit_all(workspace)
    (workspace / "stray.onex").touch()
    result = onex("validate", "--changed", "--output-format", "concise")

    assert result.exit_code == 1
    assert result.stdout.startswith("stray.onex:1:1: ONX307 ")
    assert result.stdout.endswith(
        "0 nodes of 1 changed against HEAD; 0 nodes checked: 1 error, 0 warnings\n"
    )


def test_changed_nodes_alone(workspace, onex, todo):
    """Of the nodes that are meant, those with another file than in the commit; a name may follow."""
    assert onex("scaffold", "demo.text.other").exit_code == 0
    commit_all(workspace)
    (workspace / "demo/text/clean/node.py").write_text("x")
    scope = "changed against main; 1 node checked: 0 errors, 3 warnings\n"

    result = todo("--changed=main", "--output-format", "concise")
    assert result.stdout == CONCISE + f"1 node of 2 {scope}"
    result = todo("--changed", "demo.text.other", "--output-format", "concise")
    assert result.stdout.startswith("0 nodes of 1 changed against HEAD")


@pytest.mark.parametrize("arguments", [[], ["--statistics"], ["--output-format", "sarif"]])
def test_git_that_cannot_be_read_is_no_pass(workspace, onex, arguments):
    """Without a repository, or without that commit, nothing is said about nodes."""
    result = onex("validate", "--changed", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("onex: HEAD: git knows no such commit at ")


def test_changed_needs_nodes(workspace, onex):
    """A file that stands in no tree has no history here."""
    put(workspace, "input: {}\n", "contract.yaml")
    result = onex("validate", "--changed", "contract.yaml")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "onex: --changed takes nodes of a tree, and contract.yaml stands in none\n"
    )


# Waivers
def test_waived(workspace, onex, todo):
    """A waived finding is shown with its terms, and fails nothing; a day later it does."""
    with (workspace / DOCUMENT).open("a") as file:
        file.write('waivers: [{code: ONX109, reason: "a | b", expires: "2026-01-17"}]\n')
    assert onex("lock").exit_code == 0
    shown = CONCISE.replace("warning:", "waived until 2026-01-17 (a | b):")

    result = todo("--today", "2026-01-17", "--fail-on", "warning", "--output-format", "concise")
    assert (result.exit_code, result.stdout) == (
        0,
        f"{shown}1 node checked: 0 errors, 0 warnings, 3 waived\n",
    )
    result = onex(
        "validate", "--select", "todo,ONX51", "--today", "2026-01-18", "--output-format", "json"
    )
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (document["errors"], document["warnings"], document["waived"]) == (1, 3, [])


def test_waived_in_json(workspace, onex, todo):
    """Programs get the finding and the terms."""
    with (workspace / DOCUMENT).open("a") as file:
        file.write('waivers: [{code: ONX109, reason: later, expires: "2026-01-17"}]\n')
    assert onex("lock").exit_code == 0
    document = json.loads(todo("--today", "2026-01-17", "--output-format", "json").stdout)

    assert document["findings"] == []
    assert [set(one) for one in document["waived"]] == [
        {"finding", "code", "reason", "expires"}
    ] * 3
    assert document["waived"][0]["finding"]["path"] == DOCUMENT


# Baseline
def test_baseline(workspace, onex):
    """It is made once, hides what was there, shows what is new, shrinks, and never grows."""
    call = ("validate", "--baseline", "b.jsonl", "--output-format", "concise")
    put(workspace, '[validate]\nselect = ["todo", "ONX2"]\nfail_on = "warning"\n')
    held = "1 node checked: 0 errors, 0 warnings, 3 in the baseline\n"

    made = onex(*call, "--write-baseline")
    assert (made.exit_code, made.stdout, made.stderr) == (0, held, "b.jsonl holds 3 findings\n")
    before = (workspace / "b.jsonl").read_bytes()
    again = onex(*call)
    assert (again.exit_code, again.stdout, again.stderr) == (0, held, "")

    (workspace / "demo/text/clean/new").touch()
    shown = onex(*call)
    assert shown.exit_code == 1
    assert shown.stdout == (
        f"{DOCUMENT}:28:1: ONX203 [-] new is not locked\n"
        "1 node checked: 1 error, 0 warnings, 3 in the baseline (1 fixable with `--fix --unsafe-fixes`)\n"
    )
    refused = onex(*call, "--write-baseline")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == (
        "onex: 1 finding not in the baseline, the first of ONX203 in demo.text.clean; "
        "a baseline only shrinks, and nothing was written\n"
        "  help: mend what is new, or waive it in its node; without --write-baseline it is shown\n"
    )
    assert (workspace / "b.jsonl").read_bytes() == before

    contract = workspace / "demo/text/clean/state_contract.json"
    contract.write_text(contract.read_text().replace("TODO: say", "Says"))
    assert onex("lock").exit_code == 0
    mended = onex(*call)
    assert (mended.exit_code, mended.stdout) == (0, held.replace("3 in", "1 in"))
    assert mended.stderr == "b.jsonl: 2 findings mended; take out with `--write-baseline`\n"
    shrunk = onex(*call, "--write-baseline")
    assert (shrunk.exit_code, shrunk.stderr) == (0, "b.jsonl holds 1 finding, 2 fewer\n")
    assert (workspace / "b.jsonl").read_bytes() == before.splitlines(keepends=True)[0]


def test_baseline_takes_no_document_s_place(workspace, onex):
    """A slip of the hand does not write over a node."""
    result = onex("validate", "--baseline", "demo/node.onex", "--write-baseline")

    assert result.exit_code == 2
    assert "a report would take the place of a document" in result.stderr
    assert not (workspace / "demo/node.onex").exists()


# Forms
@pytest.mark.parametrize(
    "form",
    ["text", "concise", "json", "ndjson", "md", "github", "gitlab", "sarif", "junit", "rdjson"],
)
def test_a_file_gets_what_the_pipe_gets(todo, workspace, form):
    """`-o` writes the same bytes, and prints the count."""
    printed = todo("--output-format", form)
    written = todo("--output-format", form, "-o", "out")

    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert (workspace / "out").read_text() == printed.stdout
    assert written.stdout == COUNT


@pytest.mark.parametrize(
    ("form", "variable"),
    [
        ("github", "GITHUB_WORKSPACE"),
        ("sarif", "GITHUB_WORKSPACE"),
        ("gitlab", "CI_PROJECT_DIR"),
        ("junit", "CI_PROJECT_DIR"),
    ],
)
def test_paths_are_those_of_the_repository(todo, workspace, monkeypatch, form, variable):
    """Where the CI says where the repository begins, its formats name files from there."""
    monkeypatch.chdir(workspace / "demo")
    assert f"demo/{DOCUMENT}" not in todo("--output-format", form).stdout

    monkeypatch.setenv(variable, os.fspath(workspace.parent))
    assert f"{workspace.name}/{DOCUMENT}" in todo("--output-format", form).stdout


def test_step_summary(todo, workspace, monkeypatch):
    """In a workflow the table goes where GitHub reads it, behind what is there."""
    (workspace / "summary").write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", os.fspath(workspace / "summary"))
    printed = todo("--output-format", "github")
    table = todo("--output-format", "md").stdout

    assert printed.stdout.count("\n::warning file=") + printed.stdout.startswith("::w") == 3
    assert (workspace / "summary").read_text() == f"before\n{table}"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", os.fspath(workspace / "gone/summary"))
    assert todo("--output-format", "github").exit_code == 2


@pytest.mark.parametrize("form", ["text", "concise"])
def test_quiet(workspace, onex, form):
    """Where there is nothing to find, nothing is said."""
    assert onex("validate", "-q", "--select", "ONX2", "--output-format", form).stdout == ""


def test_a_contract_by_itself_is_one_suite(onex, workspace):
    """What was found in a file, and that it was looked at, stand together."""
    put(workspace, "input: {}\n", "contract.yaml")
    text = onex(
        "validate", os.fspath(workspace / "contract.yaml"), "--output-format", "junit"
    ).stdout

    assert text.count("<testsuite ") == 1
    assert 'file="contract.yaml"' in text


def test_files_of_nodes_that_passed_are_seen_from_here(onex, workspace):
    """A case that passed names its file as a failed one does."""
    text = onex("validate", "--select", "ONX2", "--output-format", "junit").stdout

    assert f'<testcase name="passed" classname="demo.text.clean" file="{DOCUMENT}"/>' in text


@pytest.mark.parametrize(
    ("arguments", "status", "codes"),
    [
        ((), 0, []),
        (("--preview", "--fail-on", "warning"), 1, ["ONX605", "ONX605"]),
        (("--select", "ONX605", "--fail-on", "warning"), 1, ["ONX605", "ONX605"]),
        (("--select", "signature", "--fail-on", "warning"), 1, ["ONX605", "ONX605"]),
        (("--select", "ONX6", "--fail-on", "warning"), 0, []),
    ],
    ids=["without", "preview", "by code", "by name", "by family"],
)
def test_a_preview_judges_when_it_is_asked_for(workspace, onex, arguments, status, codes):
    """A rule of the coming edition changes no verdict, unless somebody wants it to."""
    (workspace / "demo/text/clean/node.py").write_text(
        "def run(other: str) -> dict:\n    return {'text': other}\n"
    )
    onex("lock")
    result = onex("validate", "--output-format", "json", *arguments)

    found = [finding["code"] for finding in result.json["findings"]]
    assert (result.exit_code, [code for code in found if code != "ONX109"]) == (status, codes)
