"""The demo of onex on a real survey: make four nodes, run them one after the other, break one.

    python tools/demo/demo.py [FOLDER]

Prints a session that a person can repeat. Every exit status and what matters of every output is
compared with what is expected, and the first difference ends the demo with exit status 1. FOLDER
must not exist; without one, ``build/demo`` of the checkout is made anew.
"""

import csv
import importlib.metadata
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKOUT = os.path.dirname(os.path.dirname(HERE))
OWNER = "Penguin survey team"
NAMESPACE = "penguins"
PAGE = "report.html"
RAW, CLEAN = "penguins-raw.csv", "penguins.csv"

NODES = {
    "read": ("python", "Read a CSV file into records of text."),
    "clean": ("python", "Turn the raw survey into a table of typed columns."),
    "check": ("noop", "Let a table pass that keeps the limits of the survey."),
    "summarise": ("cli", "Count and weigh the penguins of each species."),
}
"""For each node of the demo its template and its description, in the order in which they run."""

EDITS = {
    "summarise": (
        "s/run.sh .*/summarise.awk/",
        "s/args: .*/args: [{input: species}, {input: body_mass_g}]/",
        "s/output: .*/output: {from: stdout, as: json} # what it prints is the output state/",
    ),
}
"""What the author changes in a node.onex: a script in awk takes the place of the template's."""

COLUMNS: dict[str, Callable[[str], str | int | float]] = {
    "species": str,
    "island": str,
    "bill_length_mm": float,
    "bill_depth_mm": float,
    "flipper_length_mm": int,
    "body_mass_g": int,
    "sex": str,
    "year": int,
}
"""The columns of the published table, and what their values are; NA is none of them."""

Row = tuple[object, ...]


class UnexpectedError(Exception):
    """A step of the demo did something else than it should."""


class Session:
    """Runs commands in a folder and prints them with their output, as a terminal shows them.

    Args:
        folder: where the commands run.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        bin_folder = os.path.dirname(sys.executable)
        self._environment = {
            **os.environ,
            "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        }

    def path(self, *parts: str) -> str:
        """A path below the folder."""
        return os.path.join(self.folder, *parts)

    def run(self, *command: str, status: int = 0, says: Sequence[str] = ()) -> str:
        """Run a command; what it printed on both streams.

        Raises:
            UnexpectedError: its exit status is not ``status``, or its output lacks a text of
                ``says``.
        """
        self.say(f"\n$ {shlex.join(command)}")
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.say(done.stdout.rstrip("\n"))
        if done.returncode:
            self.say(f"(exit status {done.returncode})")
        if done.returncode != status:
            raise UnexpectedError(f"exit status {status} was expected, not {done.returncode}")
        for text in says:
            if text not in done.stdout:
                raise UnexpectedError(f"the output should say: {text}")
        return done.stdout

    def say(self, text: str) -> None:
        """Print ``text`` at once, in order with what the commands print."""
        if text:
            print(text, flush=True)


def main(arguments: Sequence[str] = ()) -> int:
    """Run the demo; the exit status."""
    try:
        demonstrate(Session(make_folder(arguments)))
    except UnexpectedError as error:
        print(f"\nthe demo failed: {error}", file=sys.stderr)
        return 1
    return 0


def make_folder(arguments: Sequence[str]) -> str:
    """The empty folder of the demo; only the default one is ever removed.

    Raises:
        UnexpectedError: the folder is there already.
    """
    folder = os.path.abspath(arguments[0]) if arguments else os.path.join(CHECKOUT, "build", "demo")
    if not arguments and os.path.lexists(folder):
        shutil.rmtree(folder)
    elif os.path.lexists(folder):
        raise UnexpectedError(f"{folder} is there already; name a folder that is not")
    os.makedirs(folder)
    return folder


def demonstrate(session: Session) -> None:
    """Every part of the demo, in order.

    Raises:
        UnexpectedError: something came out differently than it should.
    """
    copy_survey(session)
    session.run("onex", "init", "--owner", OWNER, says=["wrote .tree"])
    make_nodes(session)
    promote(session)
    run_pipeline(session)
    break_and_mend(session)
    evidence = session.path("reports", "runs")
    runs = [name for name in os.listdir(evidence) if os.path.isdir(os.path.join(evidence, name))]
    session.run("onex", "runs", "check", "--all", says=["nothing is wrong"])
    session.say(f"\nEvidence of {len(runs)} runs: {os.path.relpath(evidence)}")
    session.say(f"A report to look at: {os.path.relpath(session.path(PAGE))}")


def copy_survey(session: Session) -> None:
    """Put the two tables of the package palmerpenguins into the folder; it is not imported."""
    distribution = importlib.metadata.distribution("palmerpenguins")
    for name in (RAW, CLEAN):
        shutil.copyfile(
            str(distribution.locate_file(f"palmerpenguins/data/{name}")), session.path(name)
        )


def make_nodes(session: Session) -> None:
    """Scaffold each node, then put into it what its author wrote."""
    for name, (template, description) in NODES.items():
        node_id = f"{NAMESPACE}.{name}"
        answer = f"description={description}"
        session.run(
            *("onex", "scaffold", node_id, "--type", template, "--set", answer),
            says=[f"made {node_id}"],
        )
        write_node(session, name)
    session.run("onex", "lock", says=["4 nodes locked, 4 changed"])
    session.run("onex", "validate", says=["4 nodes checked: 0 errors, 0 warnings"])


def write_node(session: Session, name: str) -> None:
    """Do to a scaffolded node what its author would: write its files, and mend its metadata."""
    source = os.path.join(HERE, "nodes", name)
    for file in sorted(os.listdir(source)):
        path = os.path.join(source, file)
        if os.path.isfile(path):
            shutil.copy(path, session.path(NAMESPACE, name))
            session.say(f"(wrote {NAMESPACE}/{name}/{file})")
    if name in EDITS:
        scripts = [part for script in EDITS[name] for part in ("-e", script)]
        session.run("sed", "-i", *scripts, f"{NAMESPACE}/{name}/node.onex")
        session.run("rm", f"{NAMESPACE}/{name}/run.sh")


def promote(session: Session) -> None:
    """Test the drafts, then make them active, so that every gate holds for them."""
    ids = [f"{NAMESPACE}.{name}" for name in NODES]
    session.run("onex", "test", *ids, says=["13 cases of 4 nodes: 13 passed, 0 failed"])
    for node_id in ids:
        session.run("onex", "lifecycle", node_id, "active", says=["draft -> active, locked"])
    session.run("onex", "validate", says=["4 nodes checked: 0 errors, 0 warnings"])
    session.run("onex", "lock", "--check", says=["4 nodes checked: all as locked"])
    session.run("onex", "test", "-q", says=["13 cases of 4 nodes: 13 passed, 0 failed"])


def run_pipeline(session: Session) -> None:
    """Pipe the survey through the nodes, and compare what comes out with what was published."""
    shutil.copy(os.path.join(HERE, "pipeline.sh"), session.folder)
    session.run("cat", "pipeline.sh")
    recorded = ("--pipeline-id", NAMESPACE, "--input", RAW, "--artifact", "table.json")
    said = session.run(
        *("onex", "wrap", *recorded, "--", "sh", "pipeline.sh", RAW),
        says=[f"{NAMESPACE}.{name}: success" for name in NODES],
    )
    compare_rows(session)
    compare_summary(session, said)


def compare_rows(session: Session) -> None:
    """Every row of the table that the nodes gave with the same row of the published one."""
    with open(session.path("table.json"), encoding="utf-8") as file:
        columns = json.load(file)
    found: list[Row] = list(zip(*(columns[name] for name in COLUMNS), strict=True))
    wanted = published_rows(session.path(CLEAN))
    equal = sum(a == b for a, b in zip(found, wanted, strict=False))
    session.say(f"\n{equal} of {len(wanted)} rows equal the published table")
    if not equal == len(wanted) == len(found):
        raise UnexpectedError(f"{len(found)} rows were made, {equal} of them as published")


def published_rows(path: str) -> list[Row]:
    """The rows of the published table, as typed values; NA is None."""
    with open(path, encoding="utf-8", newline="") as file:
        return [
            tuple(None if row[name] == "NA" else make(row[name]) for name, make in COLUMNS.items())
            for row in csv.DictReader(file)
        ]


def compare_summary(session: Session, said: str) -> None:
    """The figures of the last node with those of the published table."""
    found = next(json.loads(line) for line in said.splitlines() if line.startswith("{"))
    names = list(COLUMNS)
    rows = published_rows(session.path(CLEAN))
    masses: dict[object, list[object]] = {}
    for row in rows:
        masses.setdefault(row[names.index("species")], []).append(row[names.index("body_mass_g")])
    wanted = {"penguins": len(rows), "species": [figures(*item) for item in masses.items()]}
    if found != wanted:
        raise UnexpectedError(f"the summary should be {json.dumps(wanted)}")
    session.say(f"{len(masses)} of {len(masses)} species have the published count and mean mass")


def figures(species: object, masses: list[object]) -> dict[str, object]:
    """What the summary should say of a species whose members have these masses."""
    weighed = [mass for mass in masses if isinstance(mass, int)]
    return {
        "name": species,
        "penguins": len(masses),
        "weighed": len(weighed),
        "mean_body_mass_g": round(sum(weighed) / len(weighed), 1),
    }


def break_and_mend(session: Session) -> None:
    """Change one byte of a node: every gate names the file. Then put the byte back."""
    path = session.path(NAMESPACE, "clean", "node.py")
    with open(path, "rb") as file:
        before = file.read()
    place = before.index(b"[:4]") + 2
    broken = before[:place] + b"5" + before[place + 1 :]
    line = broken[:place].count(b"\n") + 1
    said = f"{NAMESPACE}/clean/node.py"
    session.say(f"\n(one byte of {said} is changed: in line {line}, [:4] becomes [:5])")
    write_bytes(path, broken)
    for status, command in (
        (2, ("run", f"{NAMESPACE}.clean", "--input", '{"records": []}')),
        (1, ("validate",)),
        (1, ("lock", "--check")),
    ):
        session.run(
            "onex", *command, status=status, says=["node.py has changed since it was locked"]
        )
    report_failure(session)
    write_bytes(path, before)
    session.say(f"\n({said} is put back)")
    session.run("onex", "lock", "--check", says=["4 nodes checked: all as locked"])
    session.run("onex", "list", says=[f"{NAMESPACE}.{name}" for name in NODES])


def report_failure(session: Session) -> None:
    """Run every active node, one of which is refused, and report on that as text and as a page."""
    session.run(
        *("onex", "run", "--quiet", "--output", "batch_result.json"),
        status=2,
        says=["node.py has changed since it was locked"],
    )
    session.run(
        *("onex", "report", "--summary", "--only-failed"),
        says=["3 of 4", f"{NAMESPACE}.clean", f"run `onex lock {NAMESPACE}.clean`"],
    )
    session.run("onex", "report", "--html", "-o", PAGE, says=[f"wrote {PAGE}"])


def write_bytes(path: str, data: bytes) -> None:
    """Replace what the file holds."""
    with open(path, "wb") as file:
        file.write(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
