"""The wheel works by itself: built here, installed into a clean environment, used there."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command, cwd, **options):
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    built = run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        ROOT,
        cwd=ROOT,
    )
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The bin folder of an environment that has the wheel and the packages that it depends on.

    They are lent from this environment, a link each; its own editable onex is not among them.
    """
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, symlinks=True, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if "onex" not in package.name and package.suffix != ".pth":
            (site / package.name).symlink_to(package)
    arguments = [
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--quiet",
        "--disable-pip-version-check",
    ]
    pip = run(
        sys.executable,
        "-m",
        "pip",
        f"--python={folder}/bin/python",
        "install",
        *arguments,
        wheel,
        cwd=folder,
    )
    assert pip.returncode == 0, pip.stderr
    return folder / "bin"


def test_the_wheel_holds_what_it_needs_and_nothing_else(wheel):
    """Schemas, generated code and the shipped nodes with their trees; no tests, no tools."""
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {
        "onex_contract/_schemas/onex_node.yaml",
        "onex_contract/_schemas/state_contract.schema.json",
        "onex_contract/_schemas/generated/onex_node.json",
        "onex_models/onex_node.py",
        "onex_types/onex_node.py",
        "onex/py.typed",
        "onex/nodes/.tree",
        "onex/nodes/onex/.tree",
        "onex/nodes/onex/scaffold/node.onex",
        "onex/nodes/onex/scaffold/templates/python/template.json",
    } <= names
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"onex", "onex_contract", "onex_models", "onex_types"}


def test_the_installed_wheel_makes_checks_and_runs_a_node(installed, tmp_path):
    """The shipped scaffold node is still what its lock says, and what it makes runs."""
    onex = installed / "onex"
    where = run(installed / "python", "-c", "import onex; print(onex.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(installed.parent))

    steps = [
        run(onex, "init", ".", cwd=tmp_path),
        run(onex, "scaffold", "demo.text.clean", cwd=tmp_path),
        run(onex, "validate", "demo.text.clean", "onex.scaffold", cwd=tmp_path),
        run(onex, "run", "demo.text.clean", "--set", "text= Hi ", cwd=tmp_path),
    ]

    assert [step.returncode for step in steps] == [0, 0, 0, 0], [step.stderr for step in steps]
    assert steps[2].stdout.splitlines()[-1].startswith("2 nodes checked: 0 errors")
    assert steps[3].stdout == '{"text": "Hi"}\n'
