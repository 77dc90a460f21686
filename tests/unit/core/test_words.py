"""Words for messages."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.words import call
from onex.migrate.lift import lift

WORDS = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1) | st.just("a b"))


@given(WORDS)
def test_p6_a_shell_takes_each_word_of_a_command_as_it_is(words):
    """A person pastes what a message suggests; the name of a file runs nothing then."""
    assert shlex.split(call(*words)) == words


def test_p6_a_command_stays_on_its_row():
    """Whatever does not print is shown as an escape."""
    assert call("a\nb", "\x1b[31m") == r"'a\nb' '\x1b[31m'"


@pytest.mark.parametrize("name", ["$(touch x).onex", "a b.onex", "`id`.onex"])
def test_p6_migrate_names_a_file_as_a_shell_takes_it(tmp_path, name):
    """What has faults is to be validated by a command that can be pasted."""
    path = tmp_path / name
    path.write_text("metadata_version: '1.0.0'\nlifecycle: x\nuuid: x\nentrypoint: {}\n")

    error = lift(str(path)).error

    assert error is not None
    assert error.help == f"run `onex validate '{path}'`"
