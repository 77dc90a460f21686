"""A document while it is lifted: its members, and what is still to be decided by a person.

Members are changed in the outline, so comments stay with what they speak of. What cannot be
decided gets a text that begins with ``TODO``, which the rule `todo` finds until it is answered.
"""

import os
from dataclasses import dataclass, field

from onex.core.outline import Entry, Group, comments_in, from_value, quoted, spelled, value_of
from onex.core.values import JSON
from onex.core.words import shorten

TODO = "TODO: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a person has to decide.

    Attributes:
        was: the pointer of what it is about in the document as it was.
        now: the same in the lifted document.
        message: what stands there, and what must be written.
    """

    was: str
    now: str
    message: str


@dataclass(slots=True)
class Draft:
    """One document on its way.

    Attributes:
        folder: where it lies.
        root: its members.
        questions: what a person has to decide.
        notes: what was decided without them, and is worth a word.
    """

    folder: str
    root: Group
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def names(self) -> list[str]:
        """The names of its members, in their order."""
        return [entry.name for entry in self.root.entries]

    def get(self, name: str) -> JSON:
        """The value of a member; None where there is none, as where it is null."""
        entry = self.find(name)
        return value_of(entry.value) if entry else None

    def text(self, name: str) -> str:
        """The value of a member that is a text with something in it; empty where it is not."""
        value = self.get(name)
        return value.strip() if isinstance(value, str) else ""

    def put(self, name: str, value: JSON, *, quotes: bool = False) -> None:
        """Give a member a value, a text in ``quotes``; one that is not there comes behind the others."""
        part = quoted(value) if quotes and isinstance(value, str) else from_value(value)
        entry = self.find(name)
        if entry is None:
            self.root.entries.append(Entry(part, spelled(name)))
        else:
            entry.above += comments_in(entry.value)
            entry.value = part

    def rename(self, name: str, new: str) -> None:
        """Give a member another name; one that has that name already is set aside."""
        entry = self.find(name)
        if entry is not None:
            if self.find(new):
                self.notes.append(
                    f"{new}: kept as {self.set_aside(new)}, for {name} takes its name"
                )
            entry.key = spelled(new)

    def set_aside(self, name: str) -> str:
        """Keep a member under a name of its own, which onex does not read; that name."""
        new = f"x-{name.removeprefix('x_')}"
        while self.find(new):
            new = f"{new}-published"
        self.rename(name, new)
        return new

    def drop(self, name: str) -> None:
        """Take a member out; comments above it stay, above the next one or at the end."""
        entry = self.find(name)
        if entry is None:
            return
        index = self.root.entries.index(entry)
        del self.root.entries[index]
        beside = [entry.beside_key.strip(), *comments_in(entry.value), entry.beside.strip()]
        kept = [*entry.above, *filter(None, beside)]
        if index < len(self.root.entries):
            following = self.root.entries[index]
            following.above = [*kept, *following.above]
        else:
            self.root.below = [*kept, *self.root.below]

    def ask(
        self, name: str, wanted: str, *, now: str = "", was: str = "", keeps: bool = False
    ) -> None:
        """Leave a member to a person: its value becomes a ``TODO``, unless it ``keeps`` what it has.

        Args:
            name: the member.
            wanted: what must be written.
            now: its pointer in the lifted document, where that is not its name.
            was: what it was called in the document.
            keeps: whether its value stays.
        """
        entry = self.find(name)
        stands = f"{shorten(value_of(entry.value))} stands here" if entry else "nothing stands here"
        message = f"{was or name}: {stands}; {wanted}"
        question = Question(was=f"/{was or name}", now=now or f"/{name}", message=message)
        self.questions.append(question)
        if not keeps:
            self.put(name, f"{TODO}{wanted}")

    def has_file(self, name: str) -> bool:
        """Whether a plain file of that name, relative to the document's folder, is there."""
        path = os.path.normpath(os.path.join(self.folder, name))
        inside = path.startswith(os.path.join(self.folder, ""))
        return inside and os.path.isfile(path) and not os.path.islink(path)

    def find(self, name: str) -> Entry | None:
        """The member of that name."""
        return next((entry for entry in self.root.entries if entry.name == name), None)
