"""Editions: a new onex turns no gate red; a person does, by naming a later edition."""

import json
import os

import pytest
from tests.rules.test_rules import FAILING, build, judge, lock_all

from onex.core import config
from onex.core.workspace import Workspace
from onex.validate.editions import in_force, is_preview, severity_in
from onex.validate.engine import validate
from onex.validate.rules import NAMES, ON_TRIAL, RULES, SETTLED
from onex_contract import registry

EDITIONS = registry.schema("config")["properties"]["edition"]["enum"]
PREVIEWS = [rule for rule in RULES if rule.preview and not rule.history]


def test_editions_are_known_in_order():
    """The settings name every edition that a rule has, and the one that new workspaces get."""
    assert sorted(EDITIONS) == EDITIONS
    assert EDITIONS[0] == config.FIRST
    assert {rule.edition for rule in RULES} | {config.CURRENT} <= set(EDITIONS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_on_trial_until_its_edition(rule):
    """A rule of a later edition than the current one is a preview, and no other is."""
    assert rule.preview is (rule.edition > config.CURRENT)
    assert severity_in(rule, rule.edition) == rule.severity
    assert not is_preview(rule, rule.edition)


def test_previews_are_told_without_importing_them():
    """The list of previews says what the rules say of themselves."""
    on_trial = {name for name, rule in zip(NAMES, RULES, strict=True) if rule.preview}

    assert on_trial == ON_TRIAL
    assert tuple(rule for rule in RULES if not rule.preview) == SETTLED


def test_rules_in_force():
    """What a later edition brings judges there, and earlier only when it is asked for."""
    codes = [rule.code for rule in RULES]

    assert in_force(config.CURRENT, preview=False) == SETTLED
    assert in_force(config.CURRENT, preview=True) == RULES
    assert [rule.code for rule in in_force("2027", preview=False)] == codes


@pytest.mark.parametrize(
    "case",
    [case for case in FAILING if case.parts[-3] in {r.name.replace("-", "_") for r in PREVIEWS}],
    ids=lambda case: "/".join(case.parts[-3::2]),
)
def test_previews_count_in_their_edition(case, tmp_path):
    """In its edition a rule finds what it found on trial, as bad as it says; before, nothing."""
    root = os.fspath(build(case, tmp_path))
    rule = next(rule for rule in PREVIEWS if rule.name.replace("-", "_") == case.parts[-3])

    def found(**terms):
        verdict = validate(Workspace(root), today="2026-01-17", **terms)
        return [(f["severity"], f["message"]) for f in verdict.findings if f["code"] == rule.code]

    tried = found(preview=True)
    assert found() == []
    assert {severity for severity, _ in tried} == {"warning"}
    assert found(edition="2027") == [(rule.severity, message) for _, message in tried]


def place(root, text):
    """Give the workspace those settings."""
    (root / "onex.toml").write_text(text)


def test_the_settings_name_the_edition(onex, tmp_path):
    """`validate` holds the workspace to its edition, and says to which."""
    case = next(case for case in FAILING if case.parts[-3] == "trigger_missing")
    build(case, tmp_path)
    assert [f["code"] for f in onex("validate", "--output-format", "json").json["findings"]] == []

    place(tmp_path, 'edition = "2027"\n')
    told = onex("validate", "--output-format", "json").json
    sarif = json.loads(onex("validate", "--output-format", "sarif").stdout)

    assert told["edition"] == "2027"
    assert "ONX801" in {finding["code"] for finding in told["findings"]}
    rules = {rule["id"]: rule for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["ONX801"]["properties"] == {"edition": "2027", "preview": False}
    assert rules["ONX801"]["defaultConfiguration"] == {"level": "error"}


def test_a_baseline_holds_across_editions(onex, tmp_path):
    """A baseline that was taken on trial holds what counts later."""
    build(next(case for case in FAILING if case.parts[-3] == "trigger_missing"), tmp_path)
    baseline = ("--baseline", "known.ndjson")
    onex("validate", "--preview", *baseline, "--write-baseline")

    place(tmp_path, 'edition = "2027"\n')

    assert onex("validate", *baseline).exit_code == 0
    assert onex("validate").exit_code == 1


def test_a_waiver_holds_across_editions(tmp_path):
    """A waiver of a rule on trial waits for it: it is not unused, and holds where the rule counts."""
    root = build(next(c for c in FAILING if c.parts[-3] == "trigger_missing"), tmp_path)
    for path in root.rglob("node.onex"):
        with path.open("a") as file:
            file.write('waivers:\n- {code: ONX801, reason: it comes, expires: "2099-01-31"}\n')
    lock_all(root)

    verdicts = {
        edition: validate(Workspace(os.fspath(root)), today="2026-01-17", edition=edition)
        for edition in EDITIONS
    }

    found = {
        edition: [f["code"] for f in verdict.findings] for edition, verdict in verdicts.items()
    }
    assert "ONX513" not in found["2026"]
    assert "ONX801" not in found["2027"]
    assert not verdicts["2026"].waived
    assert {waived.finding["code"] for waived in verdicts["2027"].waived} == {"ONX801"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'edition = "2025"\n',
            "onex: onex.toml:1:1: edition '2025' is not one of 2026, 2027\n  help: did you mean '2027'?\n",
        ),
        (
            "edition = 2026\n",
            "onex: onex.toml:1:1: edition must be a string, but is an integer: 2026\n",
        ),
        (
            'editions = "2026"\n',
            "onex: onex.toml:1:1: unknown key 'editions'\n  help: did you mean 'edition'?\n",
        ),
        (
            'required_version = ">=0.1"\n',
            "onex: onex.toml:1:1: unknown key 'required_version'\n  help: did you mean 'required-version'?\n",
        ),
        (
            'required-version = "^1"\n',
            "onex: onex.toml:1:1: required-version '^1' does not have the form that is wanted\n",
        ),
        (
            'required-version = ">=99, <100"\nnew = 1\n',
            "onex: onex.toml: this workspace requires onex >=99,<100, and this is onex 0.1.0\n"
            "  help: pip install 'onex-contracts>=99,<100'\n",
        ),
    ],
)
def test_settings_that_stop_the_work(onex, workspace, text, said):
    """What cannot be met or read is said with what mends it, by all that read the settings."""
    place(workspace, text)

    for call in (["validate"], ["run", "demo.text.clean"], ["scaffold", "demo.more"]):
        told = onex(*call)
        assert told.exit_code == 2
        assert told.stdout == ""
        assert told.stderr.startswith(said)
    assert not (workspace / "demo/more").exists()


def test_a_new_workspace_names_its_edition(workspace):
    """`onex init` writes the edition down, so that a newer onex changes nothing."""
    assert config.read(os.fspath(workspace))["edition"] == config.CURRENT


def test_a_rule_on_trial_says_so(onex):
    """`onex explain` tells of a preview, and of what makes it count."""
    page = onex("explain", "ONX801").stdout

    assert "(error, a preview until edition 2027)" in page
    assert page.endswith('It counts where onex.toml says `edition = "2027"`.\n')
    assert "ONX801  trigger-missing      (preview until 2027) Every node" in onex("explain").stdout


def test_judging_the_cases_needs_no_edition(tmp_path):
    """Where nothing is said, the first edition holds."""
    verdict, _ = judge(build(FAILING[0], tmp_path))

    assert verdict.edition == config.FIRST
