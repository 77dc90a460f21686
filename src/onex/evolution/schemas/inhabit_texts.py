"""Texts that keep patterns, formats and lengths, or the proof that there are none."""

from functools import lru_cache
from typing import TYPE_CHECKING

from onex.core.values import JSON
from onex.evolution.schemas.formats import BOUNDS, EXACT, EXAMPLES
from onex.evolution.schemas.language import MOST_LENGTH, Texts, search
from onex.evolution.schemas.pattern import Automaton, automaton, literal
from onex.evolution.schemas.samples import Sample, distinct

if TYPE_CHECKING:
    from jsonschema_rs import canonical

MOST_EXCLUDED = 60
LONGEST = 100_000
"""How long a text that only has to be long is made."""


def sample(view: "canonical.StringView") -> Sample:
    """Texts that the view takes, or that there are none."""
    bounds = [BOUNDS.get(name) or EXACT.get(name) for name in view.formats]
    least, most = view.min_length or 0, view.max_length
    # To leave one out that is not understood is to ask for less, so "none" stays proven.
    taken = (*view.patterns, *(bound for bound in bounds if bound))
    excluded = [EXACT[name] for name in view.excluded_formats if name in EXACT]
    texts = [text for text in view.excluded if len(text) <= MOST_LENGTH][:MOST_EXCLUDED]
    found = _search(taken, (*view.excluded_patterns, *excluded), tuple(texts), least, most)
    values: list[JSON] = [*filter(None, found.words)]
    values += [word for word in found.words if not word]  # what is empty reads badly
    values += [text for name in view.formats for text in EXAMPLES.get(name, ())]
    if MOST_LENGTH < least <= LONGEST:
        values.append("a" * least)
    return Sample(distinct(values), none=found.none)


@lru_cache(maxsize=1024)
def _search(
    taken: tuple[str, ...],
    refused: tuple[str, ...],
    texts: tuple[str, ...],
    least: int,
    most: int | None,
) -> Texts:
    """What is found of patterns and texts; the same few are met again and again."""
    return search(_known(taken), [*_known(refused), *map(literal, texts)], least=least, most=most)


def words(pattern: str, least: int = 0) -> list[str]:
    """Some texts of ``least`` characters or more that ``pattern`` takes, as far as that is known."""
    return _search((pattern,), (), (), least, None).words if automaton(pattern) else []


def _known(patterns: tuple[str, ...]) -> list[Automaton]:
    return [one for pattern in patterns if (one := automaton(pattern)) is not None]
