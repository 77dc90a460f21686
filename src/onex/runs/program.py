"""A program that is no node, as `RunWriter` and `onex wrap` record it: its name, its needs, its folder."""

import os
import re
from collections.abc import Iterable, Mapping
from typing import cast

from onex.core import config, workspace
from onex.core.canonical import digest
from onex.core.values import JSON
from onex.errors import OnexError, UsageError
from onex.results import facts
from onex.results.clock import Clock
from onex.runs.folder import RunFolder
from onex_types.common import Environment, Error, Trigger
from onex_types.fact import PlanItem, UnitChecked

ENV_CHECK = "required_env_present"
"""The name of the check that the required variables are set."""

_PIPELINE_ID = re.compile(r"[A-Za-z0-9-]+", re.ASCII).fullmatch
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII).fullmatch


def recording_root() -> str:
    """Where runs of programs are recorded: the workspace around the current folder, else that."""
    return workspace.find_root() or os.path.abspath(".")


def open_folder(  # noqa: PLR0913 - what is known of a run before it begins
    pipeline_id: str,
    version: str | None,
    env: Environment | None,
    trigger: Trigger,
    *,
    root: str,
    clock: Clock,
) -> RunFolder:
    """A new run folder for the program; nothing in it shows the values of what it requires.

    Raises:
        OnexError: the folder cannot be made.
    """
    return RunFolder(
        root,
        pipeline_id,
        clock,
        pipeline_version=version,
        trigger=trigger,
        env=env,
        config_hash=_config_hash(root),
        secrets=[os.environ[name] for name in env["present"]] if env else [],
    )


def _config_hash(root: str) -> str | None:
    """The digest of the settings in force; None where they cannot be read, which is no fault of the program."""
    try:
        return digest(cast("JSON", config.read(root)))
    except OnexError:
        return None


def require_pipeline_id(text: str) -> None:
    """Do nothing when ``text`` can be the id of a pipeline (OVC-02).

    Raises:
        UsageError: it cannot.
    """
    if not _PIPELINE_ID(text):
        raise UsageError(
            f"{text!r} is no pipeline id; it has letters, digits and hyphens alone",
            help="take a name such as P2-Backfill",
        )


def required(names: Iterable[str], environ: Mapping[str, str]) -> Environment | None:
    """Which of the variables are set, by name alone (OVC-14); None when none is required.

    An empty one counts as missing: a secret that a service does not know comes out like this.

    Raises:
        UsageError: one is no name of a variable.
    """
    wanted = sorted(set(names))
    for name in wanted:
        if not _VARIABLE(name):
            # What stands behind an equals sign may be a secret.
            shown = name.partition("=")[0]
            raise UsageError(
                f"required variable {shown!r}: only a name is wanted, of letters, digits and underscores",
                help="name the variable, and set its value in the environment",
            )
    if not wanted:
        return None
    return {
        "present": [name for name in wanted if environ.get(name)],
        "missing": [name for name in wanted if not environ.get(name)],
    }


def missing_error(env: Environment) -> Error:
    """That required variables are not set."""
    names = ", ".join(env["missing"])
    what = "is" if len(env["missing"]) == 1 else "are"
    return {
        "code": "missing-env",
        "message": f"{names} {what} not set, or empty, so nothing was run",
        "details": {"missing": [*env["missing"]]},
        "hint": "set what is missing in the environment and run it again",
    }


def env_check(at_us: int, unit: int, item: PlanItem, env: Environment) -> UnitChecked:
    """Whether the required variables are set."""
    if env["missing"]:
        error = missing_error(env)
        return facts.unit_checked(
            at_us, unit, item=item, status="failure", reason=error["code"], error=error
        )
    detail = f"{', '.join(env['present'])}: set"
    return facts.unit_checked(
        at_us, unit, item=item, status="success", detail=detail, evidence=["run.json:$.env"]
    )
