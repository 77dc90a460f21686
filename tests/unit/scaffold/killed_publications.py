"""Publishes one node again and again, each time killed one step later, until nothing kills it.

Arguments: a file with [input state, output state]; the work folder; a folder for the workspaces.
"""

import json
import os
import signal
import sys

from onex.core import node
from onex.core.workspace import SHIPPED, Workspace
from onex.scaffold.publish import NodePublisher
from onex.validate.engine import validate

STEPS = ("open", "write", "fsync", "mkdir", "rename", "replace", "fchmod", "unlink", "rmdir")


def arm(nth: int) -> None:
    """Let this process die before its ``nth`` step from here."""
    count = 0

    def deadly(name):
        genuine = getattr(os, name)

        def call(*args, **kwargs):
            nonlocal count
            count += 1
            if count == nth:
                os.kill(os.getpid(), signal.SIGKILL)
            return genuine(*args, **kwargs)

        return call

    for name in STEPS:
        setattr(os, name, deadly(name))


def main() -> None:
    """Fork one publication after the other; the folders that they leave are the result."""
    request, work, places = sys.argv[1:]
    with open(request) as file:
        asked, given = json.load(file)
    maker = node.load(os.path.join(SHIPPED, "onex", "scaffold"))
    validate(Workspace(SHIPPED))  # what is cached is cached once, before the forks
    for nth in range(1, 10_000):
        root = os.path.join(places, f"{nth:04}")
        os.mkdir(root)
        with open(os.path.join(root, ".tree"), "w") as file:
            file.write("entries:\n")
        child = os.fork()
        if not child:
            arm(nth)
            NodePublisher(Workspace(root)).publish(maker, asked, given, work)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 0:
            return
        assert status == -signal.SIGKILL, status


main()
