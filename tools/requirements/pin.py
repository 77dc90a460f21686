"""Write the pinned requirements again: `make pins`.

Prints the direct requirements of development, one a line, for `pip-compile` to read.
"""

import sys
import tomllib
from pathlib import Path


def main() -> None:
    """Print what pyproject.toml asks for: its dependencies and the group `dev`."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    sys.stdout.write("\n".join(wanted) + "\n")


if __name__ == "__main__":
    main()
