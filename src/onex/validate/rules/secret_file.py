"""ONX904: no file of a node holds a secret of a known form, nor does a key or a comment."""

import re
from collections.abc import Iterator

from onex.core.document import Document
from onex.validate import secrets
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex.validate.texts import documents_of, texts
from onex_types.finding import Finding

MOST_FINDINGS = 10
"""How many secrets of one file are told."""

KEY_BODY = re.compile(
    rb"(?:\\[nrt]|[\s\"'+,\\#]){1,40}(?:[A-Za-z-]{4,20}: [^\n]{1,80}\s{1,4}){0,3}[A-Za-z0-9+/]{32}"
).match
"""What follows the head of a private key; code that looks for such heads has none of it."""


def check(subject: Subject) -> Iterator[Finding]:
    """Each secret in a file of the node, and in its documents outside of texts; none is shown."""
    from onex.validate import contents  # noqa: PLC0415 - the coming edition looks into files

    for found in (*documents_of(subject), *contents.files_of(subject)):
        if not secrets.SIGNS(found.data):
            continue
        told = _told(found)
        for secret in [s for s in _in(found.data) if s.text not in told][:MOST_FINDINGS]:
            finding = RULE.finding(
                contents.place_of(found),
                f"here stands what looks like {secret.named}",
                at=_place(found.data, secret.at),
                node_id=subject.node_id,
            )
            finding["snippet"] = None
            yield finding


def _in(data: bytes) -> Iterator[secrets.Known]:
    """The secrets in a file; a head of a private key with nothing behind it is none."""
    for secret in secrets.known(data):
        end = secret.at + len(secret.text)
        if secret.text.startswith(b"-----") and not KEY_BODY(data, end, end + 400):
            continue
        yield secret


def _told(found: Document) -> set[bytes]:
    """The secrets that stand in texts of a document, which ONX902 tells."""
    values = [text for _, text in texts(found.value)]
    return {
        secret.text
        for text in values
        for secret in secrets.known(text.encode(errors="surrogatepass"))
    }


def _place(data: bytes, at: int) -> tuple[int, int]:
    """Line and column, in characters, of the byte at ``at``."""
    start = data.rfind(b"\n", 0, at) + 1
    return data.count(b"\n", 0, at) + 1, len(data[start:at].decode(errors="replace")) + 1


RULE = Rule(
    code="ONX904",
    name="secret-file",
    edition="2027",
    preview=True,
    purpose="No file of a node, and no key or comment of its documents, holds what looks like a private key or a token of a service that is known.",
    why="What is committed stays in every clone; a secret in code, in a comment or in a file beside it works for whoever reads it.",
    bad="""\
# node.py: requests.get(url, headers={"Authorization": "Bearer ghp_…"})
required_env: []
""",
    good="""\
# node.py: requests.get(url, headers={"Authorization": f"Bearer {os.environ['API_TOKEN']}"})
required_env: [API_TOKEN]
""",
    fix="revoke the secret first, since it may have been read already; then read it from a variable that `required_env` names and run `onex lock`",
    node=check,
)
