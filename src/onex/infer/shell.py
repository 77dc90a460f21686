"""A shell script as the node that it would be: its positions, its options, the variables that it needs.

Shell is read line by line, with what stands in single quotes, in comments and in functions left out;
what is expanded elsewhere is read as the shell would.
"""

import re
from collections.abc import Iterator

from onex.infer import option
from onex.infer.proposal import Input, Place, Proposal, Remark, Schema
from onex.infer.shell_effects import effects_of

_POSITION = re.compile(r"\$(?:([1-9])|\{([1-9][0-9]?)(?:(:?[-?=])([^}]*))?[^}]*\})")
_ASSIGNED = re.compile(r"^\s*(?:local |readonly |export |declare |typeset )*([A-Za-z_]\w*)=(.*)")
_REST = re.compile(r"\$[@*]|\$\{[@*]\}")
_GETOPTS = re.compile(r"\bgetopts\s+['\"]?:?([A-Za-z0-9:]+)['\"]?\s+(\w+)")
_ARM = re.compile(
    r"^\s*\(?((?:-{1,2}[A-Za-z0-9][\w-]*=?\*?)(?:\s*\|\s*-{1,2}[A-Za-z0-9][\w-]*=?\*?)*)\)(.*)"
)
_LETTER = re.compile(r"^\s*\(?([A-Za-z0-9])\)(.*)")
_FUNCTION = re.compile(
    r"^(\s*)(?:function\s+)?[\w:.-]+\s*\(\s*\)\s*[{(]?|^(\s*)function\s+[\w:.-]+\s*\{?"
)
_INTERACTIVE = re.compile(r"(?:^|[;&|]\s*)read\s+(?:-[a-z]*p\b|-r?s?p?\s*[\"'])")
_SOURCED = re.compile(r"^\s*(?:\.|source)\s+(?!/dev/)(\S+)")
ENDING = frozenset({"--help", "-h", "--version", "-V"})
"""Options after which a script does nothing else."""


MOST_LINE = 2000
"""How much of a line is looked at."""

IN_CASE = "its options are read by hand: compare what was understood of them"


def read(path: str, text: str, output: Schema) -> Proposal:
    """What the script ``path``, which holds ``text``, says of the node that it would be."""
    lines = visible(text)
    raw = text.split("\n")
    top = list(_outside_functions(lines))
    options = [*_getopts(lines, raw), *_long_options(lines)]
    places = list(_positions([line for line in top if line[0] > _behind_options(lines, options)]))
    remarks = [*_remarks(lines, options, places)]
    return Proposal(
        path=path,
        description=None,
        inputs=option.distinct([*options, *places]),
        output=output,
        undecided=tuple(sorted(remarks, key=lambda remark: remark.at)),
        effects=tuple(sorted(effects_of(lines), key=lambda effect: effect.at)),
    )


def _behind_options(lines: list[str], options: list[Input]) -> int:
    """The line behind which `$1` is no option any more; 0 where there are none."""
    if not options:
        return 0
    for number, line in enumerate(lines, 1):
        if "OPTIND" in line and "shift" in line:
            return number
    last = max(each.at[0] for each in options)
    ends = (n for n, line in enumerate(lines, 1) if n > last and line.strip().startswith("esac"))
    return next(ends, len(lines))


def visible(text: str) -> list[str]:
    """The lines of a script, blank where a comment or single quotes keep the shell from expanding."""
    found: list[str] = []
    quote, heredoc = "", ""
    for line in text.split("\n"):
        if heredoc:
            heredoc = "" if line.strip() == heredoc else heredoc
            found.append("")
            continue
        shown, quote = _shown(line[:MOST_LINE], quote)
        if match := re.search(r"<<-?\s*(['\"\\])(\w+)", line):
            heredoc = match[2]
        found.append(shown)
    return found


def commands(text: str) -> bool:
    """Whether a script does anything besides defining functions and variables."""
    lines = (line.strip() for _, line in _outside_functions(visible(text)))
    return any(line and line not in {"}", ")"} and not _ASSIGNED.match(line) for line in lines)


def _shown(line: str, quote: str) -> tuple[str, str]:
    """One line as ``visible`` shows it, and the quotes that are open behind it."""
    shown: list[str] = []
    index = 0
    while index < len(line):
        char = line[index]
        if quote == "'":
            quote = "" if char == "'" else quote
            shown.append(" ")
        elif char == "\\":
            shown.append("  "[: len(line) - index])
            index += 1
        elif char == '"':
            quote = "" if quote else '"'
            shown.append(char)
        elif char == "'" and not quote:
            quote = "'"
            shown.append(" ")
        elif char == "#" and not quote and (index == 0 or line[index - 1] in " \t;"):
            break
        else:
            shown.append(char)
        index += 1
    return "".join(shown), quote


def _outside_functions(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, those of functions left out: `$1` is another thing there."""
    indent: str | None = None
    for number, line in enumerate(lines, 1):
        if indent is not None:
            if line.rstrip() in {f"{indent}}}", f"{indent})"} or line.startswith(f"{indent}}}"):
                indent = None
            continue
        match = _FUNCTION.match(line)
        if match and re.match(r"\s*(?:function\b|[\w:.-]+\s*\()", line):
            if not (line.rstrip().endswith("}") and "{" in line):
                indent = match[1] if match[1] is not None else match[2]
            continue
        yield number, line


def _positions(lines: list[tuple[int, str]]) -> Iterator[Input]:
    """One property for each `$1`, named like the variable that it is put into."""
    found: dict[int, Input] = {}
    rest: Place | None = None
    for number, line in lines:
        for match in _POSITION.finditer(line):
            index = int(match[1] or match[2])
            if index not in found or found[index].name == f"arg{index}":
                known = _position(line, match, index, (number, match.start() + 1))
                found[index] = (
                    known if index not in found or known.name != f"arg{index}" else found[index]
                )
        if rest is None and (more := _REST.search(line)):
            rest = number, more.start() + 1
    if found:
        for index in range(1, max(found) + 1):
            yield found.get(index) or option.valued(
                f"arg{index}", None, {"type": "string"}, (1, 1), is_required=True
            )
    elif rest:
        schema: Schema = {"type": "array", "items": {"type": "string"}, "default": []}
        yield option.valued("args", None, schema, rest, is_required=False)


def _position(line: str, match: re.Match[str], index: int, at: Place) -> Input:
    assigned = _ASSIGNED.match(line)
    is_whole = (
        assigned
        and assigned[2].strip().strip('"').startswith("$")
        and match.start() >= assigned.start(2)
    )
    name = assigned[1].lower() if assigned and is_whole else f"arg{index}"
    operator, word = match[3] or "", (match[4] or "").strip("\"' ")
    is_optional = operator in {"-", ":-", "=", ":="}
    is_plain = bool(word) and "$" not in word and "`" not in word
    return option.valued(
        name, None, {"type": "string"}, at,
        is_required=not is_optional,
        about=word if operator in {"?", ":?"} else None,
        default=[word] if is_optional and is_plain else None,
    )  # fmt: skip


def _getopts(lines: list[str], raw: list[str]) -> Iterator[Input]:
    for number, line in enumerate(lines, 1):
        # The letters may stand in single quotes, so the line is looked at with them.
        match = _GETOPTS.search(raw[number - 1]) if "getopts" in line else None
        if not match:
            continue
        names = _letters(lines[number:])
        for letter, colon in re.findall(r"([A-Za-z0-9])(:?)", match[1]):
            name = names.get(letter, letter)
            at = number, match.start() + 1
            if colon:
                yield option.valued(name, f"-{letter}", {"type": "string"}, at, is_required=False)
            elif letter != "h":
                yield option.switch(name, f"-{letter}", at, None)


def _letters(lines: list[str]) -> dict[str, str]:
    """The variable that the arm of each letter sets, as a name."""
    found: dict[str, str] = {}
    for line in lines[:80]:
        if (match := _LETTER.match(line)) and (assigned := _ASSIGNED.match(match[2])):
            found.setdefault(match[1], assigned[1].lower())
    return found


def _long_options(lines: list[str]) -> Iterator[Input]:
    """Arms of a `case` such as `--output|-o)`; an arm that uses `$2` takes a value."""
    for number, line in enumerate(lines, 1):
        match = _ARM.match(line)
        if not match:
            continue
        flags = [flag.strip() for flag in match[1].split("|")]
        flag = max(flags, key=len)
        if not ENDING.isdisjoint(flags) or flag.endswith(("*", "=")):
            continue
        body = _body(lines, number - 1, match[2])
        at = number, match.start(1) + 1
        name = option.name_of(flag)
        if re.search(r"\$\{?2\b|\bshift 2\b|\bshift\b.*\$\{?1\b", body):
            yield option.valued(name, flag, {"type": "string"}, at, is_required=False)
        else:
            yield option.switch(name, flag, at, None)


def _body(lines: list[str], index: int, first: str) -> str:
    """The commands of an arm, up to its `;;`."""
    found = [first]
    while ";;" not in found[-1] and len(found) < 20 and index + len(found) < len(lines):  # noqa: PLR2004
        found.append(lines[index + len(found)])
    return "\n".join(found).partition(";;")[0]


def _remarks(lines: list[str], options: list[Input], places: list[Input]) -> Iterator[Remark]:
    if options:
        yield Remark(
            options[0].at, IN_CASE, "correct the contract and `entrypoint.args` where they are off"
        )
    elif len(places) > 1 and any(not each.is_required for each in places[:-1]):
        yield Remark(
            places[0].at,
            "an argument that may be left out stands before others",
            "let the contract require it: behind an absent one, the others move up",
        )
    for number, line in enumerate(lines, 1):
        if match := _INTERACTIVE.search(line):
            yield Remark(
                (number, match.start() + 1),
                "asks on a terminal, which a node has not",
                "take the answer as an argument",
            )
        if sourced := _SOURCED.match(line):
            shown = sourced[1].strip("\"'")
            yield Remark(
                (number, sourced.start(1) + 1),
                f"reads {shown}, which does not come along",
                "copy it into the node's folder, then run `onex lock`",
            )
