"""Secrets are found by their form and by their name, and no finding shows one."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from onex.validate import secrets
from onex.validate.engine import validate_document
from onex.validate.rules import secret, secret_assigned, secret_file, secret_like
from onex.validate.subject import Subject, examine, examine_contract

ROOT = Path(__file__).parents[3]
BASE = ROOT / "tests/rules/_base/demo/clean"

# Each is put together here, so that no search for secrets takes this file for a leak.
LETTERS = "aB3dE5gH7jK9mN1pQ2sT4vW6xY8zA0cD"
SAMPLES = {
    "a private key": "-----BEGIN " + "EC PRIVATE KEY-----",
    "an access key id of AWS": "AKIA" + "2E7QWERTY4ZXCVB6",
    "a token of GitHub": "ghp" + "_" + LETTERS + LETTERS[:4],
    "a token of GitLab": "glpat" + "-" + LETTERS[:20],
    "a token of Slack": "xoxb" + "-" + LETTERS,
    "a web hook of Slack": "https://hooks.slack" + ".com/services/T01ABCDEF/B01ABCDEF/" + LETTERS,
    "a key of Stripe": "sk_" + "live_" + LETTERS,
    "a key of Google": "AIza" + LETTERS + "abc",
    "a token of PyPI": "pypi" + "-AgEIcHlwaS5vcmc" + LETTERS * 2,
    "a token of npm": "npm" + "_" + LETTERS + LETTERS[:4],
    "a key of Anthropic": "sk-ant" + "-api03-" + LETTERS * 2,
    "a key of OpenAI": "sk-" + "proj-" + LETTERS + "T3Blbk" + "FJ" + LETTERS,
    "a key of SendGrid": "SG" + "." + LETTERS[:22] + "." + LETTERS + LETTERS[:11],
    "a token of Hugging Face": "hf" + "_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH",
    "a token of DigitalOcean": "dop" + "_v1_" + "0f" * 32,
    "a token of Docker": "dckr" + "_pat_" + LETTERS[:20],
    "an account key of Azure": "Account" + "Key=" + (LETTERS * 3)[:86] + "==",
    "a JSON web token": "eyJ" + LETTERS + ".eyJ" + LETTERS + "." + LETTERS,
}


def subject(tmp_path, state) -> Subject:
    """A contract with one case whose input is ``state``."""
    path = tmp_path / "contract.json"
    case = {"name": "one", "input": state, "output": {}}
    document = {"contract_version": "1.0.0", "input": {}, "output": {}, "cases": [case]}
    path.write_text(json.dumps(document))
    return examine_contract(os.fspath(path))


@pytest.mark.parametrize("name", SAMPLES)
def test_form_is_known_and_never_shown(name, tmp_path):
    """The finding names the kind and the place; the value stands in no field of it."""
    text = f"use {SAMPLES[name]} for it"

    (found,) = secret.check(subject(tmp_path, {"rows": [{"text": text}]}))

    assert found["message"] == f"this text holds what looks like {name}"
    assert found["pointer"] == "/cases/0/input/rows/0/text"
    assert found["snippet"] is None
    assert SAMPLES[name][4:] not in json.dumps(found)


def test_every_form_has_a_sample():
    """A form without a sample is not proven."""
    assert [name.partition(" ")[2] for name in SAMPLES] == [name for name, _ in secrets.FORMS]


def test_secret_in_a_document_of_a_node(tmp_path):
    """The node's own document is searched as well, and told once."""
    path = Path(shutil.copy(BASE / "node.onex", tmp_path))
    path.write_text(path.read_text().replace("Trims white", SAMPLES["a token of GitHub"]))

    found = [f for f in validate_document(os.fspath(path)).findings if f["code"] == "ONX902"]

    assert [(f["pointer"], f["line"]) for f in found] == [("/description", 6)]


@pytest.mark.parametrize(
    "text",
    [
        "AKIA" + "IOSFODNN7" + "EXAMPLE",
        "AKIA" + "1234",
        "an eyJ and a ghp_ and an sk- go by",
        "-----BEGIN " + "PUBLIC KEY-----",
        "pk_" + "live_" + LETTERS,
        "xAKIA" + "2E7QWERTY4ZXCVB6",
    ],
)
def test_what_only_looks_like_the_beginning(text, tmp_path):
    """Public keys, documentation and words that begin alike are left alone."""
    assert list(secret.check(subject(tmp_path, {"text": text}))) == []


def test_second_secret_behind_an_example(tmp_path):
    """An example in front of it hides no secret."""
    text = "AKIA" + "IOSFODNN7" + "EXAMPLE " + SAMPLES["an access key id of AWS"]

    assert len(list(secret.check(subject(tmp_path, {"text": text})))) == 1


RANDOM = "9fTq-27hLmZx4WcVb8"


@pytest.mark.parametrize(
    ("state", "pointer"),
    [
        ({"password": RANDOM}, "/cases/0/input/password"),
        ({"dbPassword": RANDOM}, "/cases/0/input/dbPassword"),
        ({"API-KEY": [RANDOM]}, "/cases/0/input/API-KEY/0"),
        ({"auth": {"client_secret": RANDOM}}, "/cases/0/input/auth/client_secret"),
        ({"token": {"default": RANDOM}}, "/cases/0/input/token/default"),
        ({"token": {"examples": ["short", RANDOM]}}, "/cases/0/input/token/examples/1"),
    ],
)
def test_random_value_under_a_name_that_speaks_of_a_secret(state, pointer, tmp_path):
    """The name may stand on the value, or on the schema that holds it; the value is never shown."""
    (found,) = secret_like.check(subject(tmp_path, state))

    assert found["pointer"] == pointer
    assert RANDOM not in json.dumps(found)


def test_name_and_form_that_are_spelt_with_escapes(tmp_path):
    """Escapes in JSON hide nothing."""
    subject(tmp_path, {"PASS": RANDOM, "text": SAMPLES["a private key"]})
    path = tmp_path / "contract.json"
    path.write_text(
        path.read_text().replace('"PASS"', '"\\u0070assword"').replace("KEY", "\\u004bEY")
    )
    given = examine_contract(os.fspath(path))

    assert [f["pointer"] for f in secret_like.check(given)] == ["/cases/0/input/password"]
    assert [f["pointer"] for f in secret.check(given)] == ["/cases/0/input/text"]


@pytest.mark.parametrize(
    "state",
    [
        {"text": RANDOM},
        {"password": "correct horse battery 9"},
        {"password": "example-" + RANDOM},
        {"password": "${DB_PASSWORD_1234}"},
        {"password": "aaaaaaaaaaaaaaaaaaaaaa1"},
        {"password": "short1"},
        {"token": "abcdefghijklmnopqrstuvwxyz"},
        {"token": 12345678901234567890},
        {"token_count": "9" * 30},
    ],
)
def test_value_that_is_no_secret(state, tmp_path):
    """Words, stand-ins, numbers and monotonous texts are not what machines make."""
    assert list(secret_like.check(subject(tmp_path, state))) == []


@pytest.mark.parametrize(
    "piece",
    [
        "eyJ",
        "-eyJa",
        "eyJaaaaaaaaaa.",
        "sk-",
        "-----BEGIN A ",
        "ghp_a",
        "xoxb-",
        "AccountKey=",
        "a-1B",
    ],
)
def test_hostile_text_is_searched_in_time(piece, tmp_path):
    """A megabyte of beginnings costs no more than a second."""
    text = piece * (900_000 // len(piece))
    given = subject(tmp_path, {"password": text})
    start = time.process_time()

    list(secret.check(given))
    list(secret_like.check(given))

    assert time.process_time() - start < 1


def beside(tmp_path, **files) -> Subject:
    """The node of ``BASE`` with these files in its folder."""
    shutil.copytree(BASE, tmp_path / "demo/clean")
    for name, text in files.items():
        (tmp_path / "demo/clean" / name.replace("_", ".")).write_text(text)
    return examine(os.fspath(tmp_path / "demo/clean/node.onex"), ("demo", "clean"))


@pytest.mark.parametrize("name", SAMPLES)
def test_form_is_found_in_a_file_and_never_shown(name, tmp_path):
    """Whatever the file is; the place is told, in characters, and the secret is not."""
    secret_text = SAMPLES[name] + ("\\n" + "A" * 40 if "PRIVATE" in SAMPLES[name] else "")
    (found,) = secret_file.check(beside(tmp_path, a_txt=f"\n\u00e9 = {secret_text} and\n"))

    assert found["message"] == f"here stands what looks like {name}"
    assert (os.path.basename(found["path"]), found["line"], found["column"]) == ("a.txt", 2, 5)
    assert SAMPLES[name][4:] not in json.dumps(found)


def test_secrets_of_binary_files_are_found(tmp_path):
    """What is no text has a line and a column all the same, and shows nothing."""
    given = beside(tmp_path)
    (tmp_path / "demo/clean/a.bin").write_bytes(b"\0\xff " + SAMPLES["a token of npm"].encode())
    given = examine(given.path, given.segments)

    assert [f["line"] for f in secret_file.check(given)] == [1]


@pytest.mark.parametrize("form", ['{} = "{}"', "'{}': '{}',", 'get("{}", b"{}")', "{}: str = '{}'"])
def test_value_given_in_code(form, tmp_path):
    """In the ways in which languages give a text to a name."""
    (found,) = secret_assigned.check(beside(tmp_path, a_py=form.format("api_key", RANDOM)))

    assert found["message"] == "the value of 'api_key' looks like a real secret"
    assert RANDOM not in json.dumps(found)


@pytest.mark.parametrize(
    "piece", ["a", "token=", 'token="', "token = '9fTq-27hLmZx4WcVb8", "-----BEGIN A ", "\n", "\r"]
)
def test_hostile_files_are_searched_to_their_end(piece, tmp_path):
    """A mebibyte of beginnings gives few findings, and ends."""
    given = beside(tmp_path, a_sh=(piece * 1_000_000)[: 1 << 20])

    assert len(list(secret_file.check(given))) <= secret_file.MOST_FINDINGS
    assert len(list(secret_assigned.check(given))) <= secret_assigned.MOST_FINDINGS
