"""What was read out of code, as people read it: a line each, with its place."""

from collections.abc import Iterator

from onex.core.values import JSON
from onex.infer.proposal import Proposal

WORDS = {
    "network": "effects.network: true",
    "writes": "effects.writes, if that is outside the work folder",
    "deterministic": "deterministic: false",
}


def remark_lines(proposal: Proposal, path: str) -> Iterator[str]:
    """What is undecided, and what is proposed, of the code in ``path``."""
    for remark in proposal.undecided:
        line, column = remark.at
        yield f"{path}:{line}:{column}: undecided: {remark.message}"
        if remark.help:
            yield f"  help: {remark.help}"
    for effect in proposal.effects:
        line, column = effect.at
        yield f"{path}:{line}:{column}: proposed: {member_words(effect.member, effect.value)}, since it {effect.why}"


def member_words(member: str, value: JSON) -> str:
    """What an effect proposes, as one would write it into node.onex."""
    if member == "required_env":
        return f"required_env: [{value}]"
    if member == "writes" and value:
        return f"effects.writes: [{value}]"
    return WORDS[member]
