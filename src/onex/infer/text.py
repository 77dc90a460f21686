"""What was read out of code, as people read it: a line each, with its place."""

from collections.abc import Iterator

from onex.infer.proposal import Effect, Proposal

TO_DECIDE = {
    "network": "effects.network: true",
    "writes": "effects.writes",
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
        yield f"{path}:{line}:{column}: proposed: {member_words(effect)}, since it {effect.why}"


def member_words(effect: Effect) -> str:
    """The member of node.onex that an effect proposes, as one would write it."""
    if effect.member == "required_env":
        return f"required_env: [{effect.value}]"
    if effect.member == "writes":
        return (
            f"effects.writes: [{effect.value}]"
            if effect.value
            else "effects.writes, if that is outside the work folder"
        )
    return TO_DECIDE[effect.member]
