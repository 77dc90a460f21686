"""Every rule finds what it is for, says it well, and leaves good nodes alone.

A case is a folder: the files that differ from ``_base``. ``_remove`` names what is taken away,
``_unlocked`` leaves the nodes as they are, and the files in ``_after`` are laid over once all nodes
are locked. The files in ``_before`` differ from ``_base`` in the commit that the case is held against.
The whole output of a case in ``fail`` stands in its ``expected.txt``.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.repositories import commit_all

from onex.core import lock, node, yaml
from onex.core.workspace import Workspace
from onex.errors import DocumentError
from onex.validate import engine, reference, rules
from onex.validate.engine import Verdict, validate
from onex.validate.history import since
from onex.validate.rules import RULES
from onex.validate.text import render_text

HERE = Path(__file__).parent
BY_NAME = {rule.name.replace("-", "_"): rule for rule in RULES}
FAILING = sorted(HERE.glob("*/fail/*"))
PASSING = sorted(HERE.glob("*/pass/*"))
NOT_FILES = ("_remove", "_unlocked", "_before", "_after", "expected.txt")
TODAY = "2026-01-17"
"""The day on which the cases are judged."""

BESIDE = {
    "lock_stale/fail/document": {"ONX203"},
    "shared_file/fail/missing": {"ONX201"},
    "waiver_expired/fail/past": {"ONX109"},
}
"""Cases that cannot do without another rule's findings; all others find what they are for alone."""

FIELDS_OF_A_PAGE = ("purpose", "why", "bad", "good", "fix")


def case_id(case: Path) -> str:
    """The case's folder as it is called below ``tests/rules``."""
    return case.relative_to(HERE).as_posix()


def overlay(case: Path, root: Path) -> None:
    """Lay the files of ``case`` over those in ``root``."""
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_FILES))
    if (case / "_remove").exists():
        for name in (case / "_remove").read_text().splitlines():
            place = root / name
            shutil.rmtree(place) if place.is_dir() else place.unlink()


def lock_all(root: Path) -> None:
    """Lock every node that can be."""
    for ref in Workspace(os.fspath(root)).tree.nodes:
        try:
            lock.write(node.load(ref.folder))
        except DocumentError:
            continue  # what is wrong with it is what the case is about


def build(case: Path, root: Path) -> Path:
    """The workspace of ``case`` in ``root``."""
    overlay(HERE / "_base", root)
    if (case / "_before").exists():
        overlay(case / "_before", root)
        lock_all(root)
        commit_all(root)
    overlay(case, root)
    if not (case / "_unlocked").exists():
        lock_all(root)
    if (case / "_after").exists():
        overlay(case / "_after", root)
    return root


def judge(root: Path) -> tuple[Verdict, str]:
    """The verdict over the workspace in ``root``, and its text with paths as seen from there."""
    workspace = Workspace(os.fspath(root))
    is_change = (root / ".git").exists()
    history = since(workspace, "HEAD", None, TODAY) if is_change else ()
    verdict = validate(workspace, today=TODAY, history=history)
    for finding in [*verdict.findings, *(waived.finding for waived in verdict.waived)]:
        finding["path"] = finding["path"].removeprefix(f"{root}{os.sep}")
    return verdict, "".join(f"{line}\n" for line in render_text(verdict))


@pytest.fixture
def try_out(monkeypatch):
    """Applies the rule of that name too, should it be a preview."""

    def add(name: str) -> None:
        if BY_NAME[name].preview:
            monkeypatch.setattr(engine, "SETTLED", (*engine.SETTLED, BY_NAME[name]))

    return add


@pytest.mark.parametrize("case", FAILING, ids=case_id)
def test_failing_case(case, tmp_path, try_out):
    """The rule reports the case, and the whole output is what a person ought to read."""
    try_out(case.parts[-3])
    verdict, text = judge(build(case, tmp_path))

    assert text == (case / "expected.txt").read_text()
    codes = {finding["code"] for finding in verdict.findings}
    assert codes == {BY_NAME[case.parts[-3]].code} | BESIDE.get(case_id(case), set())


@pytest.mark.parametrize("case", PASSING, ids=case_id)
def test_passing_case(case, tmp_path, try_out):
    """The rule is silent, and nothing else is an error either."""
    try_out(case.parts[-3])
    verdict, text = judge(build(case, tmp_path))

    assert verdict.count("error") == 0, text
    assert BY_NAME[case.parts[-3]].code not in {finding["code"] for finding in verdict.findings}


def link_back(root: Path) -> None:
    (root / "demo/again").symlink_to("../demo")
    (root / "demo/.tree").write_text("entries:\n- again/\n- clean/node.onex\n")


def link_aside(root: Path) -> None:
    (root / "other").mkdir()
    (root / "demo/other").symlink_to("../other")
    (root / "demo/.tree").write_text("entries:\n- clean/node.onex\n- other/\n")


def link_document(root: Path) -> None:
    (root / "demo/clean/node.onex").rename(root / "real.txt")
    (root / "demo/clean/node.onex").symlink_to("../../real.txt")


def pipe_document(root: Path) -> None:
    (root / "demo/clean/node.onex").unlink()
    os.mkfifo(root / "demo/clean/node.onex")


def link_file(root: Path) -> None:
    (root / "demo/clean/passwords").symlink_to("/etc/passwd")


def add_bytes(root: Path) -> None:
    with open(os.fsencode(root) + b"/demo/clean/\xff\x1b[0m", "wb"):
        pass


def add_twins(root: Path) -> None:
    (root / "demo/clean/README").touch()
    (root / "demo/clean/readme").touch()
    (root / "demo/clean/Straße").mkdir()
    (root / "demo/clean/Straße/a").touch()
    (root / "demo/clean/STRASSE").mkdir()
    (root / "demo/clean/STRASSE/b").touch()
    lock_all(root)


def add_invisible(root: Path) -> None:
    (root / "demo/clean/a\u200bb.txt").touch()
    lock_all(root)


def add_twin_folders(root: Path) -> None:
    for name in ("Clean", "CLEAN", "stra\u00dfe", "STRASSE", "e\u0301", "\u00e9"):
        (root / "demo" / name).mkdir()


def mark_executable(root: Path) -> None:
    (root / "demo/clean/state_contract.json").chmod(0o755)


MADE: list[tuple[str, Callable[[Path], None], str]] = [
    (
        "tree_cycle",
        link_back,
        """\
demo/.tree:2:3: ONX305 [-] again/ is a symbolic link that leads back up the tree; it would never end
    |
  2 | - again/
    |   ^
  help: run `onex tree --write`
1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)
""",
    ),
    (
        "tree_dangling",
        link_aside,
        """\
demo/.tree:3:3: ONX304 [-] other/ is a symbolic link; a tree holds plain folders only
    |
  3 | - other/
    |   ^
  help: run `onex tree --write`
1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)
""",
    ),
    (
        "readable",
        link_document,
        """\
demo/clean/node.onex:1:1: ONX100 a symbolic link, which is not followed here, or one that leads in a circle
  help: put a plain file that you may read in its place
1 node checked: 1 error, 0 warnings
""",
    ),
    (
        "readable",
        pipe_document,
        """\
demo/clean/node.onex:1:1: ONX100 a named pipe, where a regular file was expected
  help: put a plain file that you may read in its place
1 node checked: 1 error, 0 warnings
""",
    ),
    (
        "safe_path",
        link_file,
        """\
demo/clean/passwords:1:1: ONX901 is a symbolic link; a node holds plain files only
  help: put a plain file in its place, or move it out of the node's folder
1 node checked: 1 error, 0 warnings
""",
    ),
    (
        "safe_path",
        add_bytes,
        """\
demo/clean/\\udcff\\x1b[0m:1:1: ONX901 has a name that no lock can hold: \
names are UTF-8 without control characters, '\\' and ':', and do not begin with '~'
  help: rename the file, or name it in `.onexignore`
1 node checked: 1 error, 0 warnings
""",
    ),
    (
        "safe_path",
        add_twins,
        """\
demo/clean/node.onex:20:3: ONX901 the name Straße/a is the same as STRASSE where a system folds case or accents
     |
  20 |   "Straße/a": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
     |   ^
  help: rename the file, then run `onex lock`
demo/clean/node.onex:22:3: ONX901 the name readme is the same as README where a system folds case or accents
     |
  22 |   readme: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
     |   ^
  help: rename the file, then run `onex lock`
1 node checked: 2 errors, 0 warnings
""",
    ),
    (
        "safe_path",
        add_invisible,
        """\
demo/clean/node.onex:18:3: ONX901 the name a\\u200bb.txt holds a character that cannot be seen
     |
  18 |   "a\\u200bb.txt": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
     |   ^
  help: rename the file, then run `onex lock`
1 node checked: 1 error, 0 warnings
""",
    ),
    (
        "folder_twins",
        add_twin_folders,
        """\
demo/.tree:1:1: ONX310 Clean lies here beside CLEAN, and is the same where a system folds case or accents
  help: rename one of them, then run `onex tree --write`
demo/.tree:1:1: ONX310 clean lies here beside CLEAN, and is the same where a system folds case or accents
  help: rename one of them, then run `onex tree --write`
demo/.tree:1:1: ONX310 stra\u00dfe lies here beside STRASSE, and is the same where a system folds case or accents
  help: rename one of them, then run `onex tree --write`
demo/.tree:1:1: ONX310 \u00e9 lies here beside e\u0301, and is the same where a system folds case or accents
  help: rename one of them, then run `onex tree --write`
1 node checked: 4 errors, 0 warnings
""",
    ),
    (
        "lock_stale",
        mark_executable,
        """\
demo/clean/node.onex:19:24: ONX202 [-] state_contract.json has changed since it was locked: it is now executable
     |
  19 |   state_contract.json: "a691701f53e60921f92ab1682fe59361725b0997e04c72d7ac018ef5b125ded2"
     |                        ^
  help: run `onex lock demo.clean` if the change is intended
1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)
""",
    ),
]


@pytest.mark.parametrize(
    ("name", "make", "expected"), MADE, ids=[f"{name}-{make.__name__}" for name, make, _ in MADE]
)
def test_made_case(name, make, expected, tmp_path, try_out):
    """What a repository cannot hold, such as links and odd names, is reported as well."""
    try_out(name)
    root = build(HERE / "_base", tmp_path)
    make(root)

    verdict, text = judge(root)

    assert text == expected
    assert {finding["code"] for finding in verdict.findings} == {BY_NAME[name].code}


@pytest.mark.parametrize(
    ("name", "case"),
    [("onex_node", "owner/fail/empty"), ("state_contract", "contract/fail/side_is_text")],
)
def test_engines_that_disagree_are_reported(name, case, tmp_path, monkeypatch):
    """When the reference engine accepts what was refused, that is a finding of its own."""
    monkeypatch.setattr(reference, "accepts", lambda asked, _: asked == name)

    verdict, text = judge(build(HERE / case, tmp_path))

    assert "ONX112 jsonschema-rs refuses this document, but jsonschema accepts it" in text
    assert [finding["code"] for finding in verdict.findings].count("ONX112") == 1


def test_engines_are_compared_only_where_one_refused(tmp_path, monkeypatch):
    """Good input never pays for the second engine, and lenient reading is not asked about."""
    asked = []
    monkeypatch.setattr(reference, "accepts", lambda name, _: asked.append(name))

    for case in ("_base", "edition/fail/newer_major", "version/fail/not_quoted"):
        judge(build(HERE / case, tmp_path / case.replace("/", "-")))
    assert asked == []

    judge(build(HERE / "owner/fail/empty", tmp_path / "refused"))
    assert asked == ["onex_node"]


MADE_NAMES = {name for name, _, _ in MADE} | {"engines_agree"}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_rule_has_both_kinds_of_cases(name):
    """A rule without a failing and a passing case is not proven."""
    failing = {case.parts[-3] for case in FAILING} | MADE_NAMES
    passing = {case.parts[-3] for case in PASSING}

    assert name in failing
    assert name in passing


def test_every_folder_belongs_to_a_rule():
    """A case whose rule was renamed would prove nothing."""
    folders = {entry.name for entry in HERE.iterdir() if entry.is_dir()} - {"_base", "__pycache__"}

    assert folders == set(BY_NAME)


def test_codes_are_unique_sorted_and_well_formed():
    """A code means one rule for ever; the list is in the order of the codes."""
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    assert all(len(code) == 6 and code[:3] == "ONX" and code[3:].isdecimal() for code in codes)


def test_every_rule_stands_in_a_module_of_its_name():
    """A rule is found by its name, and no module of a rule is forgotten in the list."""
    folder = Path(rules.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}

    assert modules == set(BY_NAME)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_judges_one_kind_of_thing(rule):
    """A node, the tree, a waiver or a change: what a rule needs follows from what it judges."""
    judges = [rule.node, rule.forest, rule.waiver, rule.history]

    assert sum(judge is not None for judge in judges) == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_on_trial_only_warns(rule):
    """It belongs to an edition that is to come, and says so of itself."""
    assert rule.preview == (rule.edition != "2026")
    found = rule.finding("a.onex", "x")
    assert found["severity"] == ("warning" if rule.preview else rule.severity)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_page_is_complete(rule, onex):
    """`onex explain` says of every rule what it wants, why, and how to comply."""
    page = onex("explain", rule.code)

    assert page.exit_code == 0
    assert page == onex("explain", rule.name)
    for field in FIELDS_OF_A_PAGE:
        text = getattr(rule, field)
        assert text.strip() == text.rstrip("\n").strip()
        assert text
        assert all(line in page.stdout for line in text.splitlines())
    assert rule.purpose.endswith(".")
    assert rule.why.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("kind", ["bad", "good"])
def test_examples_are_yaml(rule, kind):
    """Examples can be copied: each is YAML, or comments alone, or a list of paths.

    The bad example of ONX100 is what the reader refuses.
    """
    text = getattr(rule, kind)
    if ": " not in text.replace("# ", "") and ":\n" not in text:
        return
    if (rule.code, kind) == ("ONX100", "bad"):
        with pytest.raises(DocumentError):
            yaml.parse(text.encode(), "example")
    else:
        yaml.parse(text.encode(), "example")
