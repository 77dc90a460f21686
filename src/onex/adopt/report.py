"""What adoption came to, as people read it: a line each, or a page of Markdown to work through."""

from collections import Counter
from collections.abc import Iterator

from onex.core.text import plural, printable
from onex.infer.text import member_words
from onex_types.adoption import AdoptedScript, Adoption

SHOWN_REASONS = 12


def render_text(found: Adoption) -> Iterator[str]:
    """A line for each script that something was done with, then what was left, then the count."""
    for script in found["scripts"]:
        if script["outcome"] != "unchanged":
            yield _line(script)
    reasons = Counter(_kind(left["reason"]) for left in found["left"])
    for reason, count in reasons.most_common(SHOWN_REASONS):
        yield f"left {plural(count, 'file')}: {reason}"
    yield count_line(found)


def count_line(found: Adoption) -> str:
    """How many scripts came to what, and how much is open."""
    counts = found["counts"]
    verb = "would be adopted" if found["dry_run"] else "adopted"
    parts = [f"{plural(counts['adopted'], 'script')} {verb}"]
    parts += [
        f"{counts[name]} {name}"
        for name in ("updated", "unchanged", "kept", "refused", "left")
        if counts[name]
    ]
    undecided = sum(len(script["undecided"]) for script in found["scripts"])
    effects = sum(len(script["effects"]) for script in found["scripts"])
    return f"{', '.join(parts)}; {undecided} undecided, {effects} proposed"


def render_markdown(found: Adoption) -> Iterator[str]:
    """A page with a table of the scripts, what each leaves open, and why others were left."""
    yield "# Adopted scripts"
    yield ""
    yield f"{count_line(found)}."
    yield ""
    yield "| script | node | outcome | inputs | undecided | proposed |"
    yield "|---|---|---|---|---|---|"
    for script in found["scripts"]:
        cells = (
            _code(script["path"]), _code(script["node_id"]), script["outcome"],
            ", ".join(map(_code, script["inputs"])),
            str(len(script["undecided"])), str(len(script["effects"])),
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"
    yield from _open(found)
    if found["left"]:
        yield from ("", "## Left alone", "", "| file | why |", "|---|---|")
        yield from (
            f"| {_code(each['path'])} | {_plain(each['reason'])} |" for each in found["left"]
        )


def _open(found: Adoption) -> Iterator[str]:
    """What is left to decide, script by script."""
    for script in found["scripts"]:
        lines = [*_todo(script)]
        if lines:
            yield from ("", f"## {_code(script['node_id'])}", "")
            yield f"From {_code(script['path'])}" + (
                f": {_plain(script['description'])}" if script["description"] else "."
            )
            yield ""
            yield from lines


def _todo(script: AdoptedScript) -> Iterator[str]:
    path = script["path"]
    if script["reason"]:
        yield f"- {script['outcome']}: {_plain(script['reason'])}"
    for change in script["changed"]:
        yield f"- in the copy, {_plain(change)}"
    for remark in script["undecided"]:
        help_text = f" ({_plain(remark['help'])})" if remark["help"] else ""
        place = f"{path}:{remark['line']}:{remark['column']}"
        yield f"- [ ] {_code(place)} {_plain(remark['message'])}{help_text}"
    for effect in script["effects"]:
        place = f"{path}:{effect['line']}:{effect['column']}"
        words = member_words(effect["member"], effect["value"])
        yield f"- [ ] {_code(place)} proposed: {_code(words)}, since it {_plain(effect['reason'])}"


def _line(script: AdoptedScript) -> str:
    open_count = len(script["undecided"])
    about = [f"{open_count} undecided"] if open_count else []
    about += [f"{len(script['effects'])} proposed"] if script["effects"] else []
    tail = f" ({', '.join(about)})" if about else ""
    reason = f": {script['reason']}" if script["reason"] else ""
    return f"{script['outcome']} {script['path']} -> {script['node_id']}{tail}{reason}"


def _kind(reason: str) -> str:
    """A reason without what is special to one file."""
    return "Python that cannot be parsed" if reason.startswith("line ") else reason


def _code(text: str) -> str:
    """``text`` as code in a cell of Markdown."""
    return f"`{printable(text).replace('`', chr(39)).replace('|', chr(92) + '|')}`" if text else ""


def _plain(text: str) -> str:
    """``text`` as words in Markdown: nothing in it is markup."""
    shown = printable(text)
    for char in "\\`*_[]<>|#":
        shown = shown.replace(char, f"\\{char}")
    return shown
