"""ONX902: no document holds a secret of a known form."""

import re
from collections.abc import Iterator
from functools import cache

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex.validate.texts import documents_of, texts
from onex_types.finding import Finding

FORMS = (
    ("private key", rb"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
    ("access key id of AWS", rb"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b"),
    ("token of GitHub", rb"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,255})"),
    ("token of GitLab", rb"\bglpat-[A-Za-z0-9_-]{20}"),
    ("token of Slack", rb"\bxox[abeoprs]-[A-Za-z0-9-]{20,250}"),
    (
        "web hook of Slack",
        rb"https://hooks\.slack\.com/services/T[A-Z0-9]{6,12}/B[A-Z0-9]{6,12}/\w{20}",
    ),
    ("key of Stripe", rb"\b[rs]k_live_[A-Za-z0-9]{20,250}"),
    ("key of Google", rb"\bAIza[A-Za-z0-9_-]{35}"),
    ("token of PyPI", rb"\bpypi-AgE[A-Za-z0-9_-]{50,250}"),
    ("token of npm", rb"\bnpm_[A-Za-z0-9]{36}"),
    ("key of Anthropic", rb"\bsk-ant-[a-z0-9]{3,8}-[A-Za-z0-9_-]{40,250}"),
    ("key of OpenAI", rb"\bsk-[A-Za-z0-9_-]{0,80}T3BlbkFJ[A-Za-z0-9_-]{20}"),
    ("key of SendGrid", rb"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    ("token of Hugging Face", rb"\bhf_[A-Za-z]{34}"),
    ("token of DigitalOcean", rb"\bdo[opr]_v1_[a-f0-9]{64}"),
    ("token of Docker", rb"\bdckr_[op]at_[A-Za-z0-9_-]{20}"),
    ("account key of Azure", rb"AccountKey=[A-Za-z0-9+/]{86}=="),
    (
        "JSON web token",
        rb"\beyJ[A-Za-z0-9_-]{10,400}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20}",
    ),
)
"""What a secret is called, and how it looks: each begins with words that nothing else begins with."""

SIGNS = re.compile(
    rb"PRIVATE KEY|AKIA|ASIA|ABIA|ACCA|gh[opusr]_|github_pat_|glpat-|xox[abeoprs]-|slack\.com|"
    rb"k_live_|AIza|pypi-AgE|npm_|sk-|SG\.|hf_|_v1_|dckr_|AccountKey|eyJ"
).search
"""What a file must hold to hold any of them, unless it is spelt with escapes."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each text with a secret in it; the finding never shows the text."""
    for document in documents_of(subject):
        if b"\\" not in document.data and not SIGNS(document.data):
            continue
        for pointer, text in texts(document.value):
            if number := _form(text):
                finding = RULE.finding(
                    document,
                    f"this text holds what looks like {_named(number)}",
                    pointer=pointer,
                    node_id=subject.node_id,
                )
                finding["snippet"] = None
                yield finding


@cache
def _search() -> re.Pattern[bytes]:
    """All forms in one search, a group each; few files are worth putting it together."""
    return re.compile(b"|".join(b"(" + form + b")" for _, form in FORMS))


def _form(text: str) -> int:
    """The number of the form, from 1, that something in ``text`` has; 0 for none."""
    for found in _search().finditer(text.encode(errors="surrogatepass")):
        # Documentation of clouds has keys with that word in them.
        if found.lastindex and b"EXAMPLE" not in found[0]:
            return found.lastindex
    return 0


def _named(number: int) -> str:
    """What the form of that number, from 1, is called, with its article."""
    name = FORMS[number - 1][0]
    return f"{'an' if name[0] in 'ae' else 'a'} {name}"


RULE = Rule(
    code="ONX902",
    name="secret",
    purpose="No text of a node's document or contract looks like a private key or like a token of a service that is known.",
    why="What is committed stays in every clone; a secret in an example works for whoever reads it.",
    bad="""\
cases:
- name: signs
  input: {key: '-----BEGIN RSA PRIVATE KEY-----'}
  output: {}
""",
    good="""\
required_env: [SIGNING_KEY]
""",
    fix="revoke the secret first, since it may have been read already; then name a variable in `required_env` in its place and run `onex lock`",
    node=check,
)
