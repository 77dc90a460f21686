"""``python -m tools.codegen [--check]``, from the root of the checkout."""

import argparse
import os
import sys

from tools.codegen.files import stale, wanted, write

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main(arguments: list[str] | None = None) -> int:
    """Write what is generated, or with ``--check`` name what is stale; 1 if anything was."""
    parser = argparse.ArgumentParser(prog="python -m tools.codegen", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    parser.add_argument("--root", default=ROOT, help="the checkout to work on")
    options = parser.parse_args(arguments)
    files = wanted(options.root)
    if not options.check:
        for path in write(options.root, files):
            print(f"wrote {path}")
        return 0
    differing = stale(options.root, files)
    for path in differing:
        print(f"{path} is not what schemas/ asks for; run `make generate` and commit it")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
