"""Which findings count: rules by any of their names, paths by patterns, and what fails the gate."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_verdict import finding, sample_verdict

from onex.errors import UsageError
from onex.validate.rules import RULES
from onex.validate.select import EVERY, Choice, matches, resolve, sift
from onex.validate.waivers import Waived

PARTS = st.sampled_from(["a", "b", "ab", "*", "a*", "?", "**"])


@pytest.mark.parametrize(
    ("selectors", "codes"),
    [
        (["ONX103"], {"ONX103"}),
        (["onx103"], {"ONX103"}),
        (["lifecycle"], {"ONX103"}),
        (["lock_stale", " LOCK-MISSING "], {"ONX201", "ONX202"}),
        (["ONX20"], {"ONX201", "ONX202", "ONX203", "ONX206"}),
        (["ONX30", "ONX301"], {f"ONX30{n}" for n in range(1, 10)}),
        (["ONX"], EVERY),
        ([], set()),
    ],
)
def test_selector(selectors, codes):
    """A rule is meant by its code, by the beginning of codes, or by its name."""
    assert resolve(selectors, "--select") == codes


@pytest.mark.parametrize(
    ("selector", "near"),
    [
        ("ONX203x", "; did you mean 'ONX203'?"),
        ("lifecicle", "; did you mean 'lifecycle'?"),
        ("", ""),
        ("ALL", ""),
        ("ONX99", ""),
        ("*", ""),
    ],
)
def test_selector_that_means_nothing(selector, near):
    """It is refused where it stands: a misspelt rule that is ignored would pass what it is for."""
    with pytest.raises(UsageError) as caught:
        resolve(["lifecycle", selector], "onex.toml: validate.select")

    problem = f"onex.toml: validate.select: there is no rule '{selector}'"
    assert caught.value.message.startswith(problem)
    assert caught.value.message.endswith(near)


def test_patterns_are_about_a_workspace(tmp_path, monkeypatch):
    """Without a root, or outside it, they take nothing away."""
    one = finding(place=str(tmp_path / "a/b/node.onex"))
    choice = Choice(per_path=(("b", frozenset({one["code"]})), ("a", frozenset({"ONX999"}))))
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")

    def kept(root):
        return sift(sample_verdict(findings=[one], waived=[]), choice, root).findings

    assert kept(None) == kept(str(tmp_path)) == kept(str(tmp_path / "a/b")) == [one]
    assert kept(str(tmp_path / "a")) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_meant_by_its_code_and_its_name_alone(rule):
    """No name is the beginning of codes, and none means two rules."""
    assert resolve([rule.code], "") == resolve([rule.name], "") == {rule.code}


@pytest.mark.parametrize(
    ("pattern", "path", "is_match"),
    [
        ("demo/clean/node.onex", "demo/clean/node.onex", True),
        ("demo/clean", "demo/clean/node.onex", True),
        ("demo/", "demo/clean/node.onex", True),
        ("/demo", "demo/clean/node.onex", True),
        ("dem", "demo/clean/node.onex", False),
        ("clean", "demo/clean/node.onex", False),
        ("demo/*", "demo/clean/node.onex", True),
        ("demo/*/node.onex", "demo/clean/node.onex", True),
        ("demo/*.onex", "demo/clean/node.onex", False),
        ("**/clean", "demo/clean/node.onex", True),
        ("**/demo", "demo/clean/node.onex", True),
        ("demo/**/node.onex", "demo/node.onex", True),
        ("demo/**/node.onex", "demo/a/b/c/node.onex", True),
        ("demo/**", "demo/a/b", True),
        ("demo/**", "demo", False),
        ("**", "demo", True),
        ("*", "demo/x", True),
        ("d?mo", "demo/x", True),
        ("d[ae]mo", "demo/x", True),
        ("d[!e]mo", "demo/x", False),
        ("Demo", "demo/x", False),
        ("demo/[", "demo/[", True),
        ("a\nb", "a\nb", True),
        ("*", "a\nb", True),
    ],
)
def test_pattern(pattern, path, is_match):
    """`*` stays within a name, `**` goes through folders, and a folder stands for what is in it."""
    assert matches(pattern, path) is is_match


def slow(pattern, path):
    """The same said as one regular expression."""
    words = ""
    for part in pattern.split("/"):
        inside = part.replace("*", "[^/]*").replace("?", "[^/]")
        words += "(?:[^/]+/)*" if part == "**" else f"{inside}/"
    if pattern.endswith("**"):
        words += "[^/]+/"
    return re.match(words, f"{path}/") is not None


@given(
    st.lists(PARTS, min_size=1, max_size=5),
    st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=5),
)
def test_patterns_mean_what_a_regular_expression_means(pattern, path):
    """The quick way finds the same as the plain one."""
    assert matches("/".join(pattern), "/".join(path)) is slow("/".join(pattern), "/".join(path))


def test_no_pattern_takes_long():
    """A pattern made to be tried in every way, on a path made to fail at the end, is soon done."""
    began = time.monotonic()

    assert not matches("/".join(["**", "a*"] * 30 + ["x"]), "/".join(["aaaa"] * 200))
    assert not matches("*a" * 60 + "x", "a" * 4000)
    assert time.monotonic() - began < 2


def test_what_does_not_count_is_left_out():
    """Findings and waived ones alike; the nodes that were looked at stay."""
    verdict = sample_verdict()
    chosen = sift(verdict, Choice(codes=frozenset({"ONX103"})), None)

    assert [found["code"] for found in chosen.findings] == ["ONX103"]
    assert chosen.waived == []
    assert chosen.subjects == verdict.subjects


def test_settings_of_a_path_hold_there_alone(tmp_path):
    """A pattern is about paths below the workspace; what lies elsewhere is none of them."""
    root = tmp_path / "w"
    places = [root / "demo/a/node.onex", root / "demo/b/node.onex", tmp_path / "demo/a/node.onex"]
    found = [finding(place=str(place)) for place in places]
    choice = Choice(
        per_path=(
            ("demo/a", frozenset({"ONX103"})),
            ("../**", frozenset({"ONX103"})),
            ("demo/b", frozenset({"ONX104"})),
        )
    )
    verdict = sample_verdict(findings=found, waived=[Waived(found[0], {})])

    chosen = sift(verdict, choice, str(root))
    assert [one["path"] for one in chosen.findings] == [str(places[1]), str(places[2])]
    assert chosen.waived == []
    assert sift(verdict, choice, None).findings == found


@pytest.mark.parametrize(
    ("found", "fail_on", "fails"),
    [
        ([], "warning", False),
        (["todo"], "error", False),
        (["todo"], "warning", True),
        (["lifecycle"], "error", True),
        (["lifecycle"], "warning", True),
        (["lifecycle", "todo"], "never", False),
    ],
)
def test_what_fails_the_gate(found, fail_on, fails):
    """The least severity that is said, and never what is waived."""
    verdict = sample_verdict(findings=[finding(name) for name in found], fail_on=fail_on)

    assert verdict.fails is fails
