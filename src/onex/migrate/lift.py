"""One document, lifted edition by edition to the present one, or the reason why not."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from onex.core import document, house, index, outline_reader
from onex.core.document import Document
from onex.core.files import rewrite, write_atomic
from onex.core.node import contract_problems, node_problems
from onex.core.opening import sync_folder
from onex.core.outline import Group
from onex.core.schema import Problem
from onex.core.tidy import CONTRACT_KEYS, NODE_KEYS
from onex.core.values import JSON
from onex.core.words import call
from onex.errors import DocumentError, OnexError
from onex.migrate import contract, node, tree
from onex.migrate.draft import Draft, Question

EDITION = "1.0.0"
"""The edition that documents are lifted to."""

Kind = Literal["node", "contract", "tree"]
Verdict = Literal["lifted", "lifted with questions", "already there", "not a node", "refused"]
VERDICTS: tuple[Verdict, ...] = (
    *("lifted", "lifted with questions", "already there", "not a node", "refused"),
)

STEPS: dict[tuple[Kind, str], tuple[str, Callable[[Draft], None]]] = {
    ("node", "0.1"): ("0.1.0", node.begin),
    ("node", "0.1.0"): (EDITION, node.lift),
    ("contract", "0.1.0"): (EDITION, contract.lift),
}
"""For each kind of document and each edition: the edition that follows, and what leads there."""

SIGNS = frozenset(
    "metadata_version schema_version entrypoint lifecycle state_contract meta_type uuid".split()
)
"""Members of published node documents; one that has fewer than ``FEWEST`` is something else."""

FEWEST = 3


@dataclass(slots=True, kw_only=True)
class Lifted:
    """What became of one document.

    Attributes:
        path: the file.
        verdict: what became of it.
        error: why it was not lifted.
        source: the document as it was, where it could be read.
        new_path: where the lifted one belongs.
        after: the lifted one.
        questions: what a person has to decide.
        notes: what is worth a word.
    """

    path: str
    verdict: Verdict
    error: DocumentError | None = None
    source: Document | None = None
    new_path: str = ""
    after: bytes = b""
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether there is something to write."""
        return self.verdict in {"lifted", "lifted with questions"}

    def write(self) -> None:
        """Put the lifted document in its place, and take the old one away if that is another.

        Raises:
            OnexError: it could not be written.
        """
        if self.new_path == self.path:
            rewrite(self.path, self.after)
            return
        write_atomic(self.new_path, self.after, os.stat(self.path).st_mode & 0o777)
        try:
            os.unlink(self.path)
            sync_folder(os.path.dirname(os.path.abspath(self.path)))
        except OSError as error:
            raise OnexError(f"{self.path}: cannot be removed: {error.strerror}") from error


def lift(path: str) -> Lifted:
    """The document at ``path`` in the present edition; nothing is written."""
    try:
        source = document.parse(document.read_bytes(path, follow=False), path)
        return _lift(source)
    except DocumentError as error:
        return Lifted(path=path, verdict="refused", error=error)


def _lift(source: Document) -> Lifted:
    value = source.value
    if tree.is_published(value) and isinstance(value, dict):
        return _lift_tree(source, value)
    if source.path.endswith(index.FILE_NAME):
        index.read_entries(source.path)
        return Lifted(path=source.path, verdict="already there", source=source)
    kind = _kind(value)
    if kind is None or not isinstance(value, dict):
        problem = "this is no node, contract or tree of a known edition"
        error = DocumentError(source.path, problem)
        return Lifted(path=source.path, verdict="not a node", error=error)
    edition = _edition(kind, value)
    if edition == EDITION:
        return _already(source, kind)
    if (kind, edition) not in STEPS:
        known = ", ".join(sorted({known for _, known in STEPS}))
        problem = f"it is of edition {edition}, from which no step leads to {EDITION}"
        line, column = source.locate("/metadata_version")
        hint = f"editions that can be lifted: {known}"
        raise DocumentError(source.path, problem, line=line, column=column, help=hint)
    return _lift_steps(source, kind, edition)


def _kind(value: JSON) -> Kind | None:
    """What kind of document it is, by what it holds."""
    if not isinstance(value, dict):
        return None
    if _is_contract(value):
        return "contract"
    is_node = len(SIGNS & value.keys()) >= FEWEST or value.get("type") == "onex_node"
    return "node" if is_node else None


def _is_contract(value: dict[str, JSON]) -> bool:
    """Whether both sides are there, or one in a document that calls itself a contract."""
    if {"contract_version", "input", "output"} <= value.keys():
        return True
    sides = contract.SIDES.keys() & value.keys()
    return len(sides) == len(contract.SIDES) or bool(sides and contract.SIGNS & value.keys())


def _edition(kind: Kind, value: dict[str, JSON]) -> str:
    """The edition that a document is of: what it says, else what it looks like."""
    if kind == "contract":
        return EDITION if contract.SIDES.keys().isdisjoint(value) else "0.1.0"
    said = value.get("metadata_version")
    if said is None:
        return "0.1.0"
    text = str(said)
    return EDITION if text.partition(".")[0] == EDITION.partition(".")[0] else text


def _already(source: Document, kind: Kind) -> Lifted:
    found = _problems(kind, source.value)
    if found:
        line, column = source.locate(found[0].pointer, key=found[0].at_key)
        problem = f"it is of edition {EDITION} already, and has faults: {found[0].message}"
        hint = f"run `{call('onex', 'validate', source.path)}`"
        error = DocumentError(source.path, problem, line=line, column=column, help=hint)
        return Lifted(path=source.path, verdict="already there", source=source, error=error)
    return Lifted(path=source.path, verdict="already there", source=source)


def _problems(kind: Kind, value: JSON) -> list[Problem]:
    return node_problems(value) if kind == "node" else contract_problems(value)


def _lift_tree(source: Document, value: dict[str, JSON]) -> Lifted:
    problem = tree.problem(value)
    if problem:
        raise DocumentError(source.path, problem, help="remove it, and run `onex tree --write`")
    after, left = tree.lift(value, source.data)
    folder, name = os.path.split(source.path)
    new_path = os.path.join(folder, index.FILE_NAME) if name.endswith(tree.NAMES) else source.path
    notes = [
        *left,
        "of its entries, those of this folder are kept; `onex tree --write` writes the rest",
    ]
    return _named(
        Lifted(
            path=source.path,
            verdict="lifted",
            source=source,
            new_path=new_path,
            after=after,
            notes=notes,
        )
    )


def _lift_steps(source: Document, kind: Kind, edition: str) -> Lifted:
    found = outline_reader.read(source.data, is_json=source.path.endswith(".json"))
    folder = os.path.dirname(os.path.abspath(source.path))
    draft = Draft(folder=folder, root=_as_group(found.root, source.path))
    while edition != EDITION:
        edition, step = STEPS[kind, edition]
        step(draft)
    new_path = (
        os.path.join(os.path.dirname(source.path), node.FILE_NAME)
        if kind == "node"
        else source.path
    )
    house.arrange(found, NODE_KEYS if kind == "node" else CONTRACT_KEYS)
    after = house.write(found, is_json=new_path.endswith(".json"))
    lifted = document.parse(after, new_path)
    _ask_about(draft, _problems(kind, lifted.value))
    return _named(
        Lifted(
            path=source.path,
            verdict="lifted with questions" if draft.questions else "lifted",
            source=source,
            new_path=new_path,
            after=after,
            questions=draft.questions,
            notes=draft.notes,
        )
    )


def _as_group(root: object, path: str) -> Group:
    if not isinstance(root, Group):
        raise DocumentError(path, "a mapping was expected at the top level")
    return root


def _ask_about(draft: Draft, problems: list[Problem]) -> None:
    """Ask about what the schema has against the lifted document, where nothing was asked yet."""
    asked = [question.now for question in draft.questions]
    for problem in problems:
        if not any(problem.pointer.startswith(pointer) for pointer in asked):
            help_text = problem.hint or problem.about
            message = f"{problem.message}{f'; {help_text}' if help_text else ''}"
            question = Question(was=problem.pointer, now=problem.pointer, message=message)
            draft.questions.append(question)


def _named(lifted: Lifted) -> Lifted:
    """``lifted``, unless another file has its name.

    Raises:
        DocumentError: there is one; if it holds the same bytes, it is an earlier try that was cut off.
    """
    if lifted.new_path != lifted.path and os.path.lexists(lifted.new_path):
        name = os.path.basename(lifted.new_path)
        try:
            is_same = document.read_bytes(lifted.new_path, follow=False) == lifted.after
        except DocumentError:
            is_same = False
        if not is_same:
            problem = f"{name} stands beside it already, and a folder has one"
            raise DocumentError(lifted.path, problem, help="move one of them away")
    return lifted
