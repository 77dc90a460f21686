"""Which versions of onex may work in a workspace: `required-version` of its settings, as pip has it."""

import operator
import re

from onex.errors import RefusedError

_CONDITION = re.compile(r"(?P<sign>[=!<>]=|[<>]) ?(?P<version>[0-9]{1,9}(?:\.[0-9]{1,9}){0,3})")

_MEETS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}

PARTS = 4
"""How many numbers a version has at most; those that are left out are 0."""


PACKAGE = "onex-contracts"


def require(wanted: str, origin: str, version: str | None = None) -> None:
    """Refuse to work where another version of onex is asked for.

    Args:
        wanted: conditions such as `>=0.2,<1`; what is none is left to the schema of settings.
        origin: the file that asks for it.
        version: that of onex; that which is installed, when it is left out.

    Raises:
        RefusedError: ``version`` does not meet them.
    """
    found = [_CONDITION.fullmatch(part.strip(" ")) for part in wanted.split(",")]
    conditions = [condition for condition in found if condition]
    if len(conditions) < len(found):
        return
    version = version or _installed()
    own = _numbers(version)
    if all(_MEETS[one["sign"]](own, _numbers(one["version"])) for one in conditions):
        return
    asked = ",".join(one["sign"] + one["version"] for one in conditions)
    raise RefusedError(
        f"{origin}: this workspace requires onex {asked}, and this is onex {version}",
        help=f"pip install '{PACKAGE}{asked}'",
    )


def _installed() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - slow, and few workspaces ask

    return version(PACKAGE)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers that ``version`` begins with, filled up with zeros."""
    core = re.match(r"[0-9.]*", version)
    parts = [int(part) for part in (core[0] if core else "").split(".") if part][:PARTS]
    return (*parts, *(0 for _ in range(PARTS - len(parts))))
