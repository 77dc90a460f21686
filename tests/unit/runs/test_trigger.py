"""What started a run follows from the environment alone (OVC-07)."""

import getpass

import pytest

from onex.runs import trigger
from onex.runs.trigger import detect, detect_trigger
from onex_contract import registry

LOCAL = {"type": "local_cli", "source": None, "actor": "ada"}


def told(kind, source=None, actor=None):
    return {"type": kind, "source": source, "actor": actor}


@pytest.fixture(autouse=True)
def ada(monkeypatch):
    """The user of this machine is ada, and nothing runs in CI."""
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    for name in ("GITHUB_ACTIONS", "GITHUB_EVENT_NAME", "GITHUB_ACTOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, LOCAL),
        ({"GITHUB_ACTIONS": "false"}, LOCAL),
        ({"GITHUB_ACTIONS": "true"}, told("github_dispatch")),
        (
            {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule"},
            told("github_schedule", "schedule"),
        ),
        (
            {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_ACTOR": "bob"},
            told("github_dispatch", "push", "bob"),
        ),
        (
            {"GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_ACTOR": ""},
            told("github_dispatch", "workflow_dispatch"),
        ),
    ],
)
def test_the_trigger(environ, wanted):
    """Every event of GitHub but a schedule is a dispatch, and the event is its source."""
    assert detect(environ) == wanted
    assert registry.validator("common", definition="trigger").is_valid(wanted)


@pytest.mark.parametrize("problem", [OSError, KeyError, ImportError])
def test_s7_a_machine_may_know_no_user(monkeypatch, problem):
    """In a container without a password file, nobody is the actor."""

    def nobody():
        raise problem

    monkeypatch.setattr(trigger.getpass, "getuser", nobody)

    assert detect({}) == told("local_cli")


def test_a_program_asks_for_three_values(monkeypatch):
    """The pattern of the specification unpacks them."""
    monkeypatch.setenv("GITHUB_EVENT_NAME", "schedule")
    monkeypatch.setenv("GITHUB_ACTOR", "bob")

    trigger_type, trigger_source, actor = detect_trigger()

    assert (trigger_type, trigger_source, actor) == ("github_schedule", "schedule", "bob")
