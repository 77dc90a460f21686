"""ONX113: groups and tags are spelt in one way."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding

LEAST_LENGTH = 6
"""How long a word must be for one letter to be a slip: shorter words are too near to each other."""

LEAST_SINGULAR = 3
"""How long what is left without the ending of a plural must be to be a word."""

Places = dict[str, list[tuple[int, str]]]
"""For each word where it stands: the number of the node, and the pointer in its document."""


def check(forest: Forest) -> Iterator[Finding]:
    """Each use of a word that another word, used more often, is a twin of; of tags and of groups."""
    for kind, places in (("tag", _tags(forest)), ("group", _groups(forest))):
        for word, twin in _twins(places):
            for number, pointer in places[word]:
                subject = forest.subjects[number]
                if subject.document:
                    yield RULE.finding(
                        subject.document,
                        f"the {kind} '{word}' is spelt '{twin}' elsewhere ({len(places[twin])} to {len(places[word])})",
                        pointer=pointer,
                        node_id=subject.node_id,
                    )


def _tags(forest: Forest) -> Places:
    places: Places = {}
    for number, subject in enumerate(forest.subjects):
        for index, tag in enumerate(subject.facts.get("tags", ()) if subject.facts else ()):
            places.setdefault(tag, []).append((number, f"/tags/{index}"))
    return places


def _groups(forest: Forest) -> Places:
    places: Places = {}
    for number, subject in enumerate(forest.subjects):
        group = subject.facts.get("group") if subject.facts else None
        if group is not None:
            places.setdefault(group, []).append((number, "/group"))
    return places


def _twins(places: Places) -> Iterator[tuple[str, str]]:
    """The words with a twin that is used more often, each with it."""
    # The most frequent word comes first, so that it is what the others are held against.
    words = sorted(places, key=lambda word: (-len(places[word]), word))
    first: dict[str, str] = {}
    slips: dict[str, list[str]] = {}
    for word in words:
        twin = first.setdefault(_fold(word), word)
        if twin == word and len(places[word]) == 1:
            twin = next((near for key in _shapes(word) for near in slips.get(key, ())), word)
        if twin != word:
            yield word, twin
        elif len(places[word]) > 1:
            for key in _shapes(word):
                slips.setdefault(key, [word])


def _fold(word: str) -> str:
    """What spellings share that differ by case, by what joins their parts, or by the plural."""
    folded = word.lower().replace("-", "").replace("_", "")
    for ending, singular in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ss", "ss"), ("s", "")):
        if folded.endswith(ending) and len(folded) - len(ending) + len(singular) >= LEAST_SINGULAR:
            return folded.removesuffix(ending) + singular
    return folded


def _shapes(word: str) -> Iterator[str]:
    """The word with each of its letters left out in turn: what two words share that differ by one.

    A digit is no slip: `v1` and `v2` are meant to differ.
    """
    if len(word) < LEAST_LENGTH:
        return
    yield word
    for index, letter in enumerate(word):
        if not letter.isdecimal():
            yield f"{word[:index]}{word[index + 1 :]}"
            yield f"{word[:index]}?{word[index + 1 :]}"


RULE = Rule(
    code="ONX113",
    name="word-twins",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="No group or tag of the workspace differs from a more frequent one by case, hyphens, the plural or, where one node alone uses it, one letter.",
    why="Whoever looks for `report` does not find what is tagged `reports`, and a message to a misspelt group reaches nobody.",
    bad="""\
# while all other nodes have the tag `billing`
tags: [biling]
""",
    good="tags: [billing]",
    fix="spell it as the other nodes do, then run `onex lock`",
    forest=check,
)
