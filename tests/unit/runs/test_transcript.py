"""What a command writes reaches the log in whole lines, without secrets, up to a limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.text import split_lines
from onex.errors import OnexError
from onex.runs import transcript
from onex.runs.mask import Mask
from onex.runs.transcript import Room, Transcript


class StoppedClock:
    """Always the same moment."""

    def wall_us(self):
        """The beginning."""
        return 0


class Log:
    """Keeps what is logged."""

    def __init__(self, secrets=(), room=None):
        self.facts = []
        self.transcript = Transcript(
            self.facts.append, StoppedClock(), Mask(secrets), room or Room()
        )

    def feed(self, *pieces):
        """Have the command write these pieces."""
        for piece in pieces:
            self.transcript.take("stdout", piece)
        return self

    def end(self):
        """Have the command end."""
        self.transcript.end("stdout")
        self.transcript.end("stderr")
        self.transcript.close()
        return self

    @property
    def texts(self):
        """The texts of the facts."""
        return [fact["text"] for fact in self.facts]

    @property
    def lines(self):
        """The lines of the log."""
        return [line for text in self.texts for line in split_lines(text)]


@pytest.mark.parametrize(
    ("pieces", "texts"),
    [
        ([], []),
        ([b"a\nb\n"], ["a\nb"]),
        ([b"a", b"\nb"], ["a", "b"]),
        ([b"\n"], [""]),
        ([b"a\r\n"], ["a"]),
        ([b"\xff\xc3", b"\xa9\n"], ["\ufffd\u00e9"]),
        ([b"\xc3"], ["\ufffd"]),
        ([b"50%\r100%\r\n"], ["50%\r100%"]),
    ],
)
def test_lines_are_logged_as_they_are_whole(pieces, texts):
    """What has no end yet is held; at the end, nothing is."""
    assert Log().feed(*pieces).end().texts == texts


def test_a_line_that_never_ends_is_logged_in_parts():
    """So that not more than a part of it is held."""
    size = transcript.LONGEST_LINE
    log = Log().feed(*[b"x" * 1000] * (2 * size // 1000 + 2))

    assert len(log.texts) == 2
    assert "".join(log.end().texts) == "x" * 1000 * (2 * size // 1000 + 2)


@given(
    st.lists(st.text("ab\n", min_size=4, max_size=6), max_size=2),
    st.lists(st.text("ab\n", max_size=8), max_size=8),
)
def test_a_secret_is_hidden_however_it_comes(secrets, pieces):
    """In two reads, over two lines: no text of the log holds it, and nothing else is lost."""
    mask = Mask(secrets)

    log = Log(secrets).feed(*(piece.encode() for piece in pieces)).end()

    whole = mask.text("".join(pieces))
    assert "".join(log.lines) == whole.replace("\n", "")
    if not secrets:
        assert log.lines == (whole.removesuffix("\n").split("\n") if whole else [])


def test_what_is_beyond_the_room_is_counted():
    """The log says how much came; the next command of the run logs no more."""
    room = Room(most_bytes=12)
    log = Log(room=room).feed(b"12345\n", b"67890123\n", b"x\n").end()
    after = Log(room=room).feed(b"y\n").end()

    assert log.texts == [
        "12345",
        "the command wrote 17 bytes; the log has the first 1 lines of them",
    ]
    assert after.texts == ["the command wrote 2 bytes; the log has the first 0 lines of them"]
    assert log.transcript.stream("stdout") == {
        "bytes": 17,
        "truncated": False,
        "text": "12345\n67890123\nx\n",
    }


def test_lines_take_room_too():
    """A line without a character costs memory as well."""
    log = Log(room=Room(most_lines=2)).feed(b"\n\n", b"\n").end()

    assert log.lines[2:] == ["the command wrote 3 bytes; the log has the first 2 lines of them"]


@pytest.mark.parametrize("torn", range(1, 12))
def test_the_end_of_a_stream_begins_with_no_half_secret(torn):
    """The record of the process keeps 4096 bytes, which may begin within one."""
    canary = "cänary-canary"
    log = Log([canary]).feed(canary.encode(), b"x" * (4096 - torn))

    text = log.transcript.stream("stdout")["text"]

    assert text == "x" * (4096 - torn)


def test_a_fact_that_cannot_be_kept_is_said_at_the_end():
    """The command is not disturbed meanwhile."""

    def full(_):
        raise OnexError("full")

    made = Transcript(full, StoppedClock(), Mask(), Room())
    made.take("stdout", b"a\n")
    made.take("stderr", b"b\n")

    with pytest.raises(OnexError, match="full"):
        made.close()
