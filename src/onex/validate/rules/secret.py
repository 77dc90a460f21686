"""ONX902: no document holds a secret of a known form."""

from collections.abc import Iterator

from onex.validate import secrets
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex.validate.texts import documents_of, texts
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Each text with a secret in it; the finding never shows the text."""
    for document in documents_of(subject):
        if b"\\" not in document.data and not secrets.SIGNS(document.data):
            continue
        for pointer, text in texts(document.value):
            if secret := next(secrets.known(text.encode(errors="surrogatepass")), None):
                finding = RULE.finding(
                    document,
                    f"this text holds what looks like {secret.named}",
                    pointer=pointer,
                    node_id=subject.node_id,
                )
                finding["snippet"] = None
                yield finding


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
