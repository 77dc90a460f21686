"""``python -m tools.fuzz [TARGET…] [--seconds N]``: atheris against each target, from the cases of the tests.

What breaks a law is left below build/fuzz; ``--again FILE`` shows it once more.
"""

import argparse
import glob
import os
import shutil
import subprocess
import sys
import time
from importlib import import_module

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACE = os.path.join(ROOT, "build", "fuzz")
SEEDS = {
    "yaml": "tests/rules/**/*.onex",
    "json": "tests/conformance/cases/*/*/*.json",
    "lines": "tests/golden/**/*.*json*",
    "lock": "tests/rules/**/*.onex",
    "node": "tests/rules/**/*.onex",
    "conflict": "tests/rules/**/*.onex",
    "shared": "tests/rules/**/state_contract.json",
    "contract": "tests/conformance/cases/state_contract/*/*",
}
"""The files that a target starts from."""

LONGEST = 4096
PATIENCE_S = 10
MOST_MB = 600


def main() -> int:
    """Fuzz each target for as long as asked; 1 if one breaks, 2 without atheris."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=main.__doc__)
    parser.add_argument("targets", nargs="*", choices=[*SEEDS, []], metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=10, help="how long for each target")
    parser.add_argument("--again", metavar="FILE", help="give one input to one target")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.again:
        return _again(options.targets[0], options.again)
    if options.inside:
        return _fuzz(options.targets[0], options.seconds)
    failed = [name for name in options.targets or SEEDS if not _show(name, options.seconds)]
    print(f"{len(options.targets or SEEDS)} targets, {len(failed)} broken")
    return bool(failed)


def _show(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own; whether it held."""
    start = time.monotonic()
    command = (sys.executable, "-m", "tools.fuzz", name, "--inside", "--seconds", str(seconds))
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    said = done.stderr.strip().splitlines()
    runs = next((line for line in reversed(said) if line.startswith("Done ")), "")
    print(
        f"{name:10} {time.monotonic() - start:4.0f} s  {runs or f'status {done.returncode}'}",
        flush=True,
    )
    holds = not done.returncode and not runs.startswith("Done 0 ") and bool(runs)
    if not holds:
        print("\n".join(line for line in said if not line.startswith("#")))
    return holds


def _fuzz(name: str, seconds: int) -> int:
    try:
        atheris = import_module("atheris")  # in the requirements of `make fuzz` alone
    except ImportError:
        print("atheris is not there; run `make fuzz`", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["onex", "onex_contract"]):
        from tools.fuzz.targets import TARGETS  # noqa: PLC0415 - counted as it is imported
    place = os.path.join(PLACE, name)
    os.makedirs(place, exist_ok=True)
    for number, path in enumerate(glob.glob(os.path.join(ROOT, SEEDS[name]), recursive=True)):
        if os.path.isfile(path) and os.path.getsize(path) <= LONGEST:
            shutil.copy(path, os.path.join(place, f"seed-{number}"))
    arguments = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        f"-timeout={PATIENCE_S}",
        f"-rss_limit_mb={MOST_MB}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={place}-",
        place,
    ]
    atheris.Setup(arguments, TARGETS[name])
    atheris.Fuzz()
    return 0


def _again(name: str, path: str) -> int:
    from tools.fuzz.targets import TARGETS  # noqa: PLC0415 - as above

    with open(path, "rb") as file:
        TARGETS[name](file.read())
    print("holds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
