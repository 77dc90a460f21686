"""Two contracts of one node: what changed, who is let down by it, and what shows that.

Whoever relies on a node gives it input and takes its output. For those who rely on the old one, the
new one has to accept what the old one did and give nothing that the old one could not (`backward`);
for those who rely on the new one and meet the old one, it is the other way round (`forward`).
"""

import time
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from onex.core.contract import Contract, SchemaRefusedError
from onex.core.values import JSON
from onex.evolution.change import Verdict, change
from onex.evolution.differences import Difference, alone, differences
from onex.evolution.schemas.apart import Unanswered, apart
from onex.evolution.schemas.contain import Answer, contain, guess_witness
from onex.evolution.schemas.judge import Judge
from onex.evolution.schemas.plain import same
from onex_types.contract_change import Change, Witness

Mode: TypeAlias = Literal["backward", "forward", "full"]
Side: TypeAlias = Literal["input", "output"]

SECONDS = 8
"""How long one question may be reasoned about."""

PATIENCE = 3
"""How long differences are judged one by one, in seconds."""

_ROLES: dict[tuple[Side, bool], str] = {
    ("input", True): "an input that was accepted is refused now",
    ("output", True): "an output may come that could not come before",
    ("input", False): "an input that is accepted now was refused before",
    ("output", False): "an output could come that cannot come any more",
}
"""What a witness of each side shows, of those who rely on the old one, and on the new one."""


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether the states of one contract are accepted by the other.

    Attributes:
        side: the side of the contracts.
        from_old: whether those of the old contract have to be accepted by the new one.
        for_old: whether it is asked for those who rely on the old one.
    """

    side: Side
    from_old: bool
    for_old: bool


def compare_contracts(old: Contract, new: Contract, mode: Mode) -> list[Change]:
    """What changed between two contracts."""
    found: list[Change] = []
    sides: tuple[Side, Side] = ("input", "output")
    for side in sides:
        before, after = cast("JSON", old.value[side]), cast("JSON", new.value[side])
        told = list(differences(before, after))
        if told:
            found += _Side(new, side, before, after, told).changes(_questions(side, mode))
    if not same(cast("JSON", old.cases), cast("JSON", new.cases)):
        pointer = f"{new.base}/cases" if new.cases else new.base
        found.append(change("code-only", new.document, pointer, "the cases have changed"))
    if old.value["contract_version"] != new.value["contract_version"]:
        pointer, message = f"{new.base}/contract_version", "the edition of the contract has changed"
        found.append(change("metadata", new.document, pointer, message))
    return found


def _questions(side: Side, mode: Mode) -> list[_Question]:
    """What is asked of one side: input goes in, so the later one must take it; output comes out."""
    asked = []
    if mode in {"backward", "full"}:
        asked.append(_Question(side, from_old=side == "input", for_old=True))
    if mode in {"forward", "full"}:
        asked.append(_Question(side, from_old=side == "output", for_old=False))
    return asked


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of two contracts, and how it differs."""

    new: Contract
    side: Side
    before: JSON
    after: JSON
    told: list[Difference]

    def changes(self, asked: list[_Question]) -> list[Change]:
        """What changed, and what of it does harm."""
        if all(one.words for one in self.told):
            return self._rest(set())
        judges = [self._judge(schema) for schema in (self.before, self.after)]
        before, after = judges
        if isinstance(after, str):
            return [self._change("breaking", "", f"the schema is refused: {after}")]
        if isinstance(before, str):
            message = f"the schema was refused before ({before}), so nobody relies on it"
            return [self._change("compatible", "", message)]
        harm: dict[int, Change] = {}
        whole: list[Change] = []
        for question in asked:
            pair = (before, after) if question.from_old else (after, before)
            answer = ask(*pair)
            if answer.verdict == "undecided":
                whole.append(self._undecided(question, answer.reason))
            elif answer.verdict == "no":
                rows = self._single_out(*pair, answer)
                for index, state in rows:
                    one = self.told[index]
                    harm.setdefault(index, self._harm(question, one.pointer, one.message, state))
                if not rows:
                    role = _ROLES[self.side, question.for_old]
                    whole.append(self._harm(question, "", role, answer.witness[0]))
        return [*whole, *(harm[index] for index in sorted(harm)), *self._rest({*harm})]

    def _single_out(self, giver: Judge, taker: Judge, answer: Answer) -> list[tuple[int, JSON]]:
        """The differences that do harm by themselves, each with a state that shows it."""
        known = {one.path: index for index, one in enumerate(self.told)}
        weighty = [one for one in differences(giver.schema, taker.schema) if not one.words]
        if len(weighty) == 1 and weighty[0].path in known:
            return [(known[weighty[0].path], answer.witness[0])]
        found = apart(lambda: _single_out(giver, taker, weighty), PATIENCE + SECONDS)
        rows = [] if isinstance(found, Unanswered) else cast("list[tuple[int, JSON]]", found)
        return [
            (known[weighty[index].path], state)
            for index, state in rows
            if weighty[index].path in known
        ]

    def _rest(self, told: set[int]) -> list[Change]:
        """The changes that do no harm, those in ``told`` left out."""
        return [
            self._change("metadata" if one.words else "compatible", one.pointer, one.message)
            for index, one in enumerate(self.told)
            if index not in told
        ]

    def _judge(self, schema: JSON) -> Judge | str:
        """The judge of one schema, or why it is refused."""
        try:
            return Judge(schema, filled=self.side == "input")
        except SchemaRefusedError as error:
            return str(error)

    def _harm(self, question: _Question, pointer: str, message: str, state: JSON) -> Change:
        witness: Witness = {
            "side": self.side,
            "accepted_by": "before" if question.from_old else "after",
            "state": cast("dict[str, JSON]", state),
        }
        return self._change("breaking", pointer, message, witness=witness)

    def _undecided(self, question: _Question, reason: str) -> Change:
        whom = "the node as it was" if question.for_old else "the node as it is now"
        message = f"it is not decided whether those who rely on {whom} are let down: {reason}"
        return self._change("breaking", "", message, undecided=True)

    def _change(
        self,
        verdict: Verdict,
        pointer: str,
        message: str,
        *,
        witness: Witness | None = None,
        undecided: bool = False,
    ) -> Change:
        source, place = self.new.place(self.side, pointer)
        said = f"{self.side}: {message}"
        return change(verdict, source, place, said, witness=witness, undecided=undecided)


def ask(giver: Judge, taker: Judge) -> Answer:
    """Whether ``taker`` accepts all that ``giver`` does, as far as that can be said in time."""
    found = apart(lambda: _row(contain(giver, taker)), SECONDS)
    if not isinstance(found, Unanswered):
        return _answer(found)
    guessed = apart(lambda: _row(guess_witness(giver, taker)), SECONDS)
    if not isinstance(guessed, Unanswered) and _answer(guessed).verdict == "no":
        return _answer(guessed)
    return Answer("undecided", reason=found.reason)


def _single_out(giver: Judge, taker: Judge, weighty: list[Difference]) -> JSON:
    """Which of the differences would do harm were there no other, with a state that shows it."""
    end = time.monotonic() + PATIENCE
    found: list[JSON] = []
    for index, one in enumerate(weighty):
        if time.monotonic() > end:
            break
        try:
            alike = Judge(alone(giver.schema, taker.schema, one), filled=giver.fills)
        except SchemaRefusedError:
            continue
        answer = contain(giver, alike)
        # What shows harm of one difference must not be made good by another one.
        if answer.verdict == "no" and taker.surely(answer.witness[0], accepted=False):
            found.append([index, answer.witness[0]])
    return found


def _row(answer: Answer) -> JSON:
    return [answer.verdict, answer.witness, answer.reason]


def _answer(row: JSON) -> Answer:
    verdict, witness, reason = cast(
        "tuple[Literal['yes', 'no', 'undecided'], list[JSON], str]", row
    )
    return Answer(verdict, witness, reason)
