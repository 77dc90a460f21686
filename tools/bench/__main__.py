"""``python -m tools.bench [--quick]``: measures, and prints a table. It asserts nothing."""

import argparse
import os
import sys
import tempfile

from tools.bench import evidence, gate, work
from tools.bench.process import ENVIRONMENT, BenchError
from tools.bench.scale import FULL, QUICK
from tools.bench.table import HEAD, render

BLOCKS = (*work.BLOCKS, *gate.BLOCKS, *evidence.BLOCKS)


def main(arguments: list[str] | None = None) -> int:
    """Measure onex against its peers; 1 if something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="measure less, in a few seconds")
    names = [block.__name__ for block in BLOCKS]
    parser.add_argument("--only", choices=names, action="append", help="measure this block alone")
    options = parser.parse_args(arguments)
    scale = QUICK if options.quick else FULL
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; times are of the wall clock\n")
    print(HEAD)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="onex-bench-") as place:
        ENVIRONMENT["XDG_CACHE_HOME"] = os.path.join(place, "caches")
        for block in BLOCKS:
            if options.only and block.__name__ not in options.only:
                continue
            try:
                lines = list(render(block(place, scale)))
            except BenchError as error:
                failed, lines = 1, [f"{block.__name__}: not measured: {error}", ""]
            print("\n".join(lines), flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
