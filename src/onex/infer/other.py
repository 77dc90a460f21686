"""Scripts in other languages: what a few plain signs tell of them. Options are left to a person."""

import re
from collections.abc import Iterator

from onex.infer import option
from onex.infer.proposal import Effect, Input, Proposal, Remark, Schema

ENVIRONMENT: dict[str, str] = {
    "perl": r"\$ENV\{['\"]?(\w+)['\"]?\}",
    "ruby": r"ENV(?:\.fetch\(|\[)['\"](\w+)['\"]",
    "javascript": r"process\.env(?:\.|\[['\"])(\w+)",
    "r": r"Sys\.getenv\(['\"](\w+)['\"]",
    "php": r"getenv\(['\"](\w+)['\"]",
    "lua": r"os\.getenv\(['\"](\w+)['\"]",
}
"""How a language reads a variable of the environment."""

NETWORK: dict[str, str] = {
    "perl": r"\buse\s+(LWP\S*|HTTP::\w+|IO::Socket\S*|Net::\w+)",
    "ruby": r"require\s+['\"](net/\w+|open-uri|socket|faraday|httparty)['\"]",
    "javascript": r"(?:require\(|from\s+)['\"](https?|net|axios|node-fetch|ws|node:https?)['\"]|\b(fetch)\(",
    "r": r"library\((httr2?|curl|RCurl)\)|\b(download\.file)\(",
    "php": r"\b(curl_init|fsockopen)\(",
}
"""How a language asks for the network."""

ARGUMENTS: dict[str, str] = {
    "perl": r"@ARGV|\$ARGV\[|\bshift\s*;|Getopt::",
    "ruby": r"\bARGV\b|OptionParser",
    "javascript": r"process\.argv|yargs|commander",
    "r": r"commandArgs\(|optparse|argparse",
    "php": r"\$argv\b|getopt\(",
    "lua": r"\barg\[",
    "awk": r"\bARGV\[",
    "tcl": r"\$argv\b|\$::argv",
}
"""How a language reads arguments."""

INPUT: dict[str, str] = {
    "perl": r"<STDIN>|<>",
    "ruby": r"\bgets\b|STDIN",
    "javascript": r"process\.stdin",
}
MOST_LINE = 2000
HASH = frozenset("shell perl ruby r awk tcl make sed fish julia python powershell".split())
SLASH = frozenset({"javascript", "php"})
GIVEN = frozenset({"PATH", "HOME", "LANG", "TMPDIR"})
SKIPPED = re.compile(
    r"(?i)^(?:shellcheck|copyright|\(c\)|spdx|license|vim?:|-\*-|!|usage|this (?:file|program|script) is (?:part|free)|permission|licen[cs]ed|all rights|@|eslint|frozen_string|coding)"
)


def read(path: str, language: str, text: str, output: Schema) -> Proposal:
    """What the script ``path``, which holds ``text``, tells by plain signs."""
    lines = [line[:MOST_LINE] for line in text.split("\n")]
    arguments = list(_arguments(language, lines))
    remarks = [
        Remark(
            each.at,
            "its arguments are read in a way that is not read here",
            "name them in the contract and in `entrypoint.args`",
        )
        for each in arguments
    ]
    remarks += _input(language, lines)
    return Proposal(
        path=path,
        description=None,
        inputs=tuple(arguments),
        output=output,
        undecided=tuple(remarks),
        effects=tuple(_effects(language, lines)),
    )


def heading(language: str, text: str) -> str | None:
    """The first paragraph of the comment at the top of a script, on one line; None without one."""
    found: list[str] = []
    for line in text.split("\n")[:60]:
        words = _comment(language, line)
        if words is None:
            if line.strip() and not line.startswith("#!"):
                break
        elif words and not SKIPPED.match(words):
            found.append(words)
            continue
        if found:
            break
    told = " ".join(" ".join(found).split())
    return told[:2000] if any(map(str.isalpha, told)) else None


def _comment(language: str, line: str) -> str | None:
    """What a line that is a comment says; None when it is none."""
    bare = line.strip()
    if language in HASH and bare.startswith("#") and not bare.startswith("#!"):
        return bare.strip("#*-= \t")
    if language in SLASH and bare.startswith(("//", "/*", "*")):
        return bare.strip("/*-= \t")
    if language == "lua" and bare.startswith("--"):
        return bare.strip("-= \t")
    return None


def _arguments(language: str, lines: list[str]) -> Iterator[Input]:
    pattern = ARGUMENTS.get(language)
    for number, line in enumerate(lines if pattern else [], 1):
        if match := re.search(pattern or "", line):
            schema: Schema = {"type": "array", "items": {"type": "string"}, "default": []}
            yield option.valued(
                "args", None, schema, (number, match.start() + 1), is_required=False
            )
            return


def _input(language: str, lines: list[str]) -> Iterator[Remark]:
    pattern = INPUT.get(language)
    for number, line in enumerate(lines if pattern else [], 1):
        if match := re.search(pattern or "", line):
            message = "may read standard input, which is empty in a node"
            yield Remark(
                (number, match.start() + 1), message, "take what it reads as an argument or a file"
            )
            return


def _effects(language: str, lines: list[str]) -> Iterator[Effect]:
    variable, network = ENVIRONMENT.get(language), NETWORK.get(language)
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        for match in re.finditer(variable, line) if variable else ():
            if match[1] not in seen | GIVEN:
                seen.add(match[1])
                yield Effect(
                    (number, match.start() + 1), "required_env", match[1], f"reads {match[1]}"
                )
        if network and "network" not in seen and (used := re.search(network, line)):
            seen.add("network")
            what = next(group for group in used.groups() if group)
            yield Effect((number, used.start() + 1), "network", value=True, why=f"uses {what}")
