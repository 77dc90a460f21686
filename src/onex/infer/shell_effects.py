"""What a shell script seems to touch and to need: commands, redirections, and variables that it reads."""

import re
from collections.abc import Iterator

from onex.infer.proposal import Effect

_DEMANDED = re.compile(r"\$\{([A-Za-z_]\w*):?\?([^}]*)\}")
_READ = re.compile(r"\$\{?([A-Z][A-Z0-9_]{2,})\b")
_SET = re.compile(
    r"\b([A-Za-z_]\w*)(?:\+?=|\b(?=\s+in\s))|(?:\bread\b[^;|&\n]*?|\bfor\s+|\bgetopts\s+\S+\s+|-v\s+)\b([A-Za-z_]\w*)"
)
_NETWORK = re.compile(
    r"(?:^|[;&|(`]|\b(?:then|do|else|sudo|exec)\s)\s*(curl|wget|ssh|scp|sftp|rsync|ftp|nc|telnet|docker|kubectl|"
    r"aws|gcloud|az|pip|pip3|npm|apt-get|apt|yum|dnf|git (?:clone|pull|push|fetch))\b"
)
_WRITES = re.compile(
    r">{1,2}\s*[\"']?(/(?!dev/)[\w./-]+)|\btee\s+(?:-a\s+)?[\"']?(/(?!dev/)[\w./-]+)"
)
_CHANCE = re.compile(r"\$RANDOM\b|\$\(date\b|\bmktemp\b|\buuidgen\b")
GIVEN = frozenset(
    "PATH LANG HOME TMPDIR PWD OLDPWD IFS UID EUID RANDOM SECONDS LINENO BASH_SOURCE FUNCNAME OPTARG "
    "OPTIND OPTERR REPLY SHELL PPID HOSTNAME HOSTTYPE MACHTYPE OSTYPE BASH BASH_VERSION BASH_VERSINFO "
    "BASHPID PIPESTATUS SHLVL COLUMNS LINES EPOCHSECONDS DIRSTACK GROUPS ENV POSIXLY_CORRECT".split()
)
"""Variables that the shell has by itself, or that every node has."""


def effects_of(lines: list[str]) -> Iterator[Effect]:
    """What a script seems to touch and to need, given its lines as ``onex.infer.shell`` reads them."""
    known = {name for line in lines for found in _SET.findall(line) for name in found if name}
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        for match in _DEMANDED.finditer(line):
            if match[1] not in seen | GIVEN:
                seen.add(match[1])
                yield Effect(
                    (number, match.start() + 1),
                    "required_env",
                    match[1],
                    f"ends without {match[1]}",
                    is_sure=True,
                )
        for match in _READ.finditer(line):
            if match[1] not in seen | known | GIVEN:
                seen.add(match[1])
                yield Effect(
                    (number, match.start() + 1), "required_env", match[1], f"reads {match[1]}"
                )
        if called := _NETWORK.search(line):
            yield Effect(
                (number, called.start(1) + 1), "network", value=True, why=f"calls {called[1]}"
            )
        if written := _WRITES.search(line):
            target = written[1] or written[2]
            yield Effect(
                (number, written.start() + 1),
                "writes",
                target.rpartition("/")[0] or "/",
                f"writes {target}",
            )
        if chance := _CHANCE.search(line):
            yield Effect(
                (number, chance.start() + 1),
                "deterministic",
                value=False,
                why=f"uses {chance[0].strip('$(')}",
            )
