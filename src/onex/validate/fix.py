"""Fixes applied: documents as they would be, judged again until nothing is left to mend.

Nothing is written here. The edited documents are read in place of the files, so each round is judged
by the same rules as the files would be; what is worse after a round is taken back, and said to be a
fault of the rule that offered it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from os.path import abspath

from onex.core import document
from onex.errors import DocumentError, OnexError
from onex.validate.engine import Verdict
from onex.validate.fix_edits import edit
from onex.validate.rules import RULES
from onex_types.finding import Finding

MOST_ROUNDS = 50
"""How often the whole is judged again: fixes of one place wait for each other."""

LATE = {rule.code: rule.late for rule in RULES if rule.late}

UNREADABLE = frozenset({"ONX100", "ONX302", "ONX303"})
"""Rules of documents that cannot be read."""

REFUSED = frozenset({"ONX101", "ONX102", "ONX103", "ONX106", "ONX107", "ONX108", "ONX110"})
"""Rules of documents that their schema refuses: of these, the other rules say nothing."""

LOCKS = "ONX2"
"""How the codes of locks begin: a node that was not as locked stays so until a person locks it."""


@dataclass(slots=True)
class Mended:
    """What fixes came to.

    Attributes:
        before: what each document held that is to be changed, by its absolute path; None for none.
        after: what they are to hold.
        count: how many findings were mended.
        faults: the fixes that made things worse and were taken back, in words.
    """

    before: dict[str, bytes | None] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    count: int = 0
    faults: list[str] = field(default_factory=list)


_Key = tuple[str, str, str]


@dataclass(slots=True)
class _Round:
    """One round: what documents are to hold, and the findings that each change is for."""

    contents: dict[str, bytes] = field(default_factory=dict)
    applied: dict[str, list[Finding]] = field(default_factory=dict)


def mend(
    judge: Callable[[], Verdict],
    counts: Callable[[Verdict], Sequence[Finding]],
    *,
    is_unsafe: bool = False,
) -> Mended:
    """What the documents come to when all fixes of what is found are made.

    Args:
        judge: judges what is meant.
        counts: the findings of a verdict that are to be mended.
        is_unsafe: whether unsafe fixes are made, too.

    Raises:
        OnexError: what is meant cannot be judged, or a document cannot be read.
    """
    work = _Work()
    with document.instead(work.mended.after):
        verdict = judge()
        for _ in range(MOST_ROUNDS):
            found = [f for f in counts(verdict) if f.get("fix") and (is_unsafe or f["fixable"])]
            step = work.plan(found)
            if not step.contents:
                break
            verdict = work.take(step, verdict, judge)
    return work.finish()


@dataclass(slots=True)
class _Work:
    """What has been done so far, and what is not to be tried again.

    Attributes:
        mended: what the fixes came to.
        barred: the findings whose fixes could not be made, or did harm.
        careful: the documents whose fixes are made one at a time.
    """

    mended: Mended = field(default_factory=Mended)
    barred: set[_Key] = field(default_factory=set)
    careful: set[str] = field(default_factory=set)

    def plan(self, wanted: Iterable[Finding]) -> _Round:
        """The fixes of one round: those of a document that do not touch each other."""
        by_path: dict[str, list[Finding]] = {}
        for finding in wanted:
            if _key(finding) not in self.barred:
                by_path.setdefault(abspath(finding["path"]), []).append(finding)
        step = _Round()
        for path, findings in by_path.items():
            direct = [f for f in findings if (fix := f.get("fix")) and fix["edits"]]
            chosen = (direct or findings)[: 1 if path in self.careful else None]
            try:
                data, applied = edit(path, chosen) if direct else _work_out(path, chosen)
            except (OnexError, ValueError) as error:
                self._bar(chosen, f"{_name(chosen[0])} could not be made: {error}")
                continue
            if data == _held(path):
                self._bar(
                    chosen, f"{_name(chosen[0])} changes nothing; this is a fault of the rule"
                )
                continue
            step.contents[path], step.applied[path] = data, applied
        return step

    def take(self, step: _Round, before: Verdict, judge: Callable[[], Verdict]) -> Verdict:
        """The verdict after a round, without what it made worse."""
        after = self.mended.after
        held = {path: after.get(path) for path in step.contents}
        for path in step.contents.keys() - self.mended.before.keys():
            self.mended.before[path] = _held(path)
        after |= step.contents
        found = judge()
        worse = _worse(before, found, step)
        for path in worse:
            self._take_back(path, held[path], step.applied.pop(path))
        self.mended.count += sum(map(len, step.applied.values()))
        return judge() if worse else found

    def finish(self) -> Mended:
        """What the fixes came to, without documents that are as they were."""
        before, after = self.mended.before, self.mended.after
        kept = {path for path, data in after.items() if data != before[path]}
        self.mended.before = {path: before[path] for path in kept}
        self.mended.after = {path: after[path] for path in kept}
        return self.mended

    def _take_back(self, path: str, held: bytes | None, applied: list[Finding]) -> None:
        """Let a document hold what it held; a fix that fails alone is at fault."""
        if held is None:
            del self.mended.after[path]
        else:
            self.mended.after[path] = held
        if len(applied) > 1:
            self.careful.add(path)
        else:
            fault = "; this is a fault of the rule" if applied[0]["fixable"] else ""
            self._bar(
                applied, f"{_name(applied[0])} made the file worse, and was taken back{fault}"
            )

    def _bar(self, findings: Iterable[Finding], fault: str) -> None:
        self.barred |= {_key(finding) for finding in findings}
        self.mended.faults.append(fault)


def _key(finding: Finding) -> _Key:
    return abspath(finding["path"]), finding["code"], finding["message"]


def _name(finding: Finding) -> str:
    """The fix of a finding, as messages call it."""
    fix = finding.get("fix")
    what = f" ({fix['message']})" if fix else ""
    place = f"{finding['path']}:{finding['line']}"
    return f"{place}: the fix of {finding['code']} {finding['rule']}{what}"


def _held(path: str) -> bytes | None:
    """What the file holds; None when there is none."""
    try:
        return document.read_bytes(path)
    except DocumentError:
        return None


def _work_out(path: str, findings: Sequence[Finding]) -> tuple[bytes, list[Finding]]:
    """The document as the first fix without edits has it, and the findings that it is for."""
    late = LATE[findings[0]["code"]]
    return late(path), [finding for finding in findings if LATE[finding["code"]] is late]


def _worse(before: Verdict, after: Verdict, step: _Round) -> list[str]:
    """The documents that the round has made worse, or in which it mended nothing."""
    told, found = _by_path(before, step.contents), _by_path(after, step.contents)
    return [
        path
        for path, applied in step.applied.items()
        if _is_worse(told[path], found[path]) or _is_vain(told[path], applied, found[path])
    ]


def _is_vain(before: list[Finding], applied: list[Finding], after: list[Finding]) -> bool:
    """Whether a finding is there as before although its fix was made."""
    told, found = Counter(map(_key, before)), Counter(map(_key, after))
    return any(found[key] > told[key] - count for key, count in Counter(map(_key, applied)).items())


def _by_path(verdict: Verdict, paths: Iterable[str]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {path: [] for path in paths}
    for finding in verdict.findings:
        path = abspath(finding["path"])
        if path in found:
            found[path].append(finding)
    return found


def _is_worse(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Whether a document has new errors that its edit did not merely bring to light."""
    ranks = _rank(before), _rank(after)
    if ranks[0] != ranks[1]:
        return ranks[1] < ranks[0]
    told, found = _errors(before), _errors(after)
    return any(count > told[code] for code, count in found.items())


def _rank(findings: Sequence[Finding]) -> int:
    """How far a document was judged: not read, refused by its schema, or by all rules."""
    codes = {finding["code"] for finding in findings if finding["severity"] == "error"}
    if codes & UNREADABLE:
        return 0
    return 1 if codes & REFUSED else 2


def _errors(findings: Sequence[Finding]) -> Counter[str]:
    """How often each rule found an error; those of locks count as one."""
    codes = [finding["code"] for finding in findings if finding["severity"] == "error"]
    counts = Counter(code for code in codes if not code.startswith(LOCKS))
    counts[LOCKS] = int(any(code.startswith(LOCKS) for code in codes))
    return counts
