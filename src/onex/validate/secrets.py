"""How secrets look: those of services by their forms, others by their names and by chance.

What is found is never shown: whoever reads a report is not whom the secret was for.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

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

WORDS = re.compile(
    r"(?i)pass_?-?wor?d|pwd|passphrase|secret|token|credential|(?:api|access|private|signing|auth)[_-]?key"
).search
"""How a name is spelt that speaks of a secret."""

NAME_SIGNS = (b"pass", b"pwd", b"secret", b"token", b"credential", b"key")
"""What a file must hold, in small letters, to hold such a name."""

LEAST_LENGTH = 16
MOST_LENGTH = 4096
LEAST_BITS = 3.3
"""How much of a surprise a character must be, on average; hexadecimal digits have at most 4 bits."""

RANDOM = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+/=_.~!@#$%^&*-]+").fullmatch
"""What is made by a machine: one word of letters, digits and signs."""

STAND_INS = re.compile(
    r"(?i)example|sample|dummy|change|placeholder|redacted|your|test|xxx|000000|123456"
).search
"""What people write in place of a secret."""


class Known(NamedTuple):
    """A secret of a known form.

    Attributes:
        named: what it is called, with its article.
        at: where it begins, in bytes.
        text: its bytes.
    """

    named: str
    at: int
    text: bytes


def known(data: bytes) -> Iterator[Known]:
    """Each text of a known form in ``data``."""
    for found in _search().finditer(data):
        # Documentation of clouds has keys with that word in them.
        if found.lastindex and b"EXAMPLE" not in found[0]:
            name = FORMS[found.lastindex - 1][0]
            yield Known(f"{'an' if name[0] in 'ae' else 'a'} {name}", found.start(), found[0])


@cache
def _search() -> re.Pattern[bytes]:
    """All forms in one search, a group each; few files are worth putting it together."""
    return re.compile(b"|".join(b"(" + form + b")" for _, form in FORMS))


def may_be_named(data: bytes) -> bool:
    """Whether ``data`` may hold a name that speaks of a secret."""
    small = data.lower()
    return any(sign in small for sign in NAME_SIGNS)


def is_random(text: str) -> bool:
    """Whether a text is long, one word, and as varied as what a machine makes."""
    if not LEAST_LENGTH <= len(text) <= MOST_LENGTH or not RANDOM(text) or STAND_INS(text):
        return False
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares) >= LEAST_BITS
