"""What was read out of code, as it is handed to a scaffold node: answers, and the file to copy.

The copy is the original to the byte, but for what a node needs: a script that a system can start, a
function that gives an object. Each such change is named.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onex.core import document
from onex.core.scan import DEVICES
from onex.core.text import printable
from onex.core.values import JSON
from onex.errors import UsageError
from onex.infer import script, signature, source
from onex.infer.language import startable
from onex.infer.proposal import Effect, Proposal
from onex.validate.code import MOST_BYTES

CONTRACT_EDITION = "1.0.0"
MOST_DESCRIPTION = 4000
MOST_NAME = 190
SPEC_HELP = "write it as `path/to/file.py:function`, or as `package.module:function`"

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What a template is given.

    Attributes:
        template: the name of the template.
        answers: what it asks for.
        file: what the copy is called.
        data: what the copy holds.
        changed: in what it differs from the original.
        proposal: what was read.
    """

    template: str
    answers: dict[str, JSON]
    file: str
    data: bytes
    changed: list[str]
    proposal: Proposal


def of_function(spec: str, root: str) -> Handover:
    """The function that ``spec`` names, to be made a node in the workspace at ``root``.

    Args:
        spec: `path.py:function`, or `package.module:function` as found from here or from `src`.
        root: the root of the workspace; a path in it is recorded relative to it.

    Raises:
        UsageError: ``spec`` names no file.
        DocumentError: the file cannot be read, or defines no such function.
    """
    path, name = resolve(spec)
    original = document.read_bytes(path, MOST_BYTES)
    found = source.read(path, original)
    proposal = signature.read(found, name)
    data, changed = original, list[str]()
    if proposal.is_wrapped and signature.wrapped(signature.find(found, name)) is None:
        name, text = signature.wrapper(found, name)
        data = original + (b"" if original.endswith(b"\n") else b"\n") + text.encode()
        changed = [f"the function `{name}` was added, which makes an object of what is returned"]
    answers = _answers(proposal, original, origin_of(path, root), file_name(path))
    answers["function"] = name
    return Handover(
        template="function",
        answers=answers,
        file=file_name(path),
        data=data,
        changed=changed,
        proposal=proposal,
    )


def of_script(path: str, origin: str, original: bytes | None = None) -> Handover:
    """The script ``path``, to be made a node.

    Args:
        path: the script.
        origin: what to record as the place that it came from.
        original: what it holds, where that was read already.

    Raises:
        DocumentError: it cannot be read, or is no script that is known.
    """
    original = document.read_bytes(path, MOST_BYTES) if original is None else original
    proposal = script.read(path, original)
    data, changed = startable(path, original)
    answers = _answers(proposal, original, origin, file_name(path))
    answers["args"] = proposal.args
    return Handover(
        template="script",
        answers=answers,
        file=file_name(path),
        data=data,
        changed=changed,
        proposal=proposal,
    )


def resolve(spec: str) -> tuple[str, str]:
    """The file and the function that ``spec`` names; nothing is imported to find it.

    Raises:
        UsageError: there is no such file.
    """
    place, colon, name = spec.rpartition(":")
    if not colon or not place or not name.isidentifier():
        raise UsageError(f"{printable(spec)}: names no function of a file", help=SPEC_HELP)
    if place.endswith(".py") or os.sep in place:
        return place, name
    if not _NAME(place):
        raise UsageError(f"{printable(place)}: is no file and no module", help=SPEC_HELP)
    below = place.replace(".", os.sep)
    tried = [
        os.path.join(folder, tail)
        for folder in ("", "src")
        for tail in (f"{below}.py", os.path.join(below, "__init__.py"))
    ]
    found = next(filter(os.path.isfile, tried), None)
    if found is None:
        raise UsageError(
            f"{place}: no such module here; looked for {', '.join(tried)}", help=SPEC_HELP
        )
    return found, name


def origin_of(path: str, root: str) -> str:
    """How ``path`` is recorded: relative to the workspace, or by its name where it lies elsewhere."""
    place = os.path.realpath(path)
    base = os.path.join(os.path.realpath(root), "")
    return place.removeprefix(base) if place.startswith(base) else os.path.basename(path)


def file_name(path: str) -> str:
    """What the copy is called in the node: the file's own name, as far as every system takes it."""
    name = _UNFIT.sub("_", os.path.basename(path)).lstrip(".").rstrip(".")[:MOST_NAME] or "script"
    folded = name.casefold()
    is_taken = folded.endswith((".onex", ".onex.yaml", ".pyc")) or folded == "state_contract.json"
    return f"script_{name}" if is_taken or folded.partition(".")[0] in DEVICES else name


def contract_of(proposal: Proposal) -> dict[str, JSON]:
    """The state contract that the code would have."""
    return {
        "contract_version": CONTRACT_EDITION,
        "input": proposal.input,
        "output": proposal.output,
        "cases": [*proposal.cases],
    }


def _answers(proposal: Proposal, original: bytes, origin: str, name: str) -> dict[str, JSON]:
    answers: dict[str, JSON] = {
        "file": name,
        "contract": contract_of(proposal),
        "origin": {"path": printable(origin), "sha256": hashlib.sha256(original).hexdigest()},
        "network": _why_network(proposal),
        "required_env": [
            {"name": effect.value, "why": f"line {effect.at[0]} {effect.why}"}
            for effect in _sure(proposal)
        ],
    }
    if proposal.description:
        answers["description"] = proposal.description[:MOST_DESCRIPTION]
    return answers


def _why_network(proposal: Proposal) -> str:
    found = next((e for e in proposal.effects if e.member == "network"), None)
    return f"line {found.at[0]} {found.why}" if found else ""


def _sure(proposal: Proposal) -> Iterator[Effect]:
    """The variables that the code does not work without, each once."""
    seen: list[JSON] = []
    for effect in proposal.effects:
        if effect.member == "required_env" and effect.is_sure and effect.value not in seen:
            seen.append(effect.value)
            yield effect
