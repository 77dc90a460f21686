"""The environment of a node process: a short list of variables, and what the node declares."""

import os
from collections.abc import Mapping

from onex.core.node import Node

INPUT_DESCRIPTOR = "3"
RESULT_DESCRIPTOR = "4"


def missing(node: Node, host: Mapping[str, str] = os.environ) -> list[str]:
    """The names of the variables that the node requires and the host does not have, in order."""
    return [name for name in node.value.get("required_env", []) if name not in host]


def environment(node: Node, work: str, host: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables that the node is given; values of the host only where it declares the name.

    Args:
        node: the node.
        work: its work folder, which is also its home and its place for temporary files.
        host: the environment to take from.
    """
    given = {
        "PATH": search_path(host),
        "LANG": "C.UTF-8",
        "HOME": work,
        "TMPDIR": work,
        **{name: host[name] for name in node.value.get("required_env", []) if name in host},
        "ONEX_INPUT": INPUT_DESCRIPTOR,
        "ONEX_RESULT": RESULT_DESCRIPTOR,
    }
    return dict(sorted(given.items()))


def search_path(host: Mapping[str, str] = os.environ) -> str:
    """Where programs are looked for; a relative folder would mean the work folder."""
    folders = host.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if os.path.isabs(folder))
