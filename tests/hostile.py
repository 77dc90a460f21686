"""Texts that try to break out of the format they are put into, and runs that are full of them."""

from hypothesis import strategies as st
from tests.sample_run import DIGEST, error, process, sample_run

RUN = sample_run()
STATUSES = ["success", "partial", "failure", "skipped", "blocked", "error"]
BITS = [
    "]]>",
    "::set-output name=a::b",
    "\n::error::mine\n",
    "##[error]mine",
    "%0A::error::mine",
    "</script>",
    "<!--",
    "&#x0;",
    "\x1b[31m",
    "\x00",
    "\r\n",
    "\t",
    "\u202e",
    "\u2028",
    "\uffff",
    "|",
    "\\|",
    "`",
    "```",
    "[here](http://evil.example)",
    "http://evil.example",
    "www.evil.example",
    "[[ATTACHMENT|/etc/passwd]]",
    "{0}",
    '"',
    "$x$",
    "é",
    "😀",
]


def texts(min_size=0):
    """Texts of any characters, with what formats take for markup among them."""
    bits = st.sampled_from(BITS)
    mixed = st.tuples(st.text(max_size=4), bits, bits).map("".join)
    return st.one_of(bits, mixed, st.text(min_size=min_size, max_size=8))


def codes():
    """Error codes, which the schema keeps plain."""
    return st.sampled_from(["exception", "x", "E_1", "a.b-c"])


@st.composite
def units(draw):
    """A unit of any kind and status, whatever it is called and says."""
    name, said = draw(texts(min_size=1)), draw(texts())
    told = st.sampled_from([None, said])
    return {
        **draw(st.sampled_from(RUN["units"])),
        "unit_id": name,
        "item_id": draw(st.sampled_from([name, said, "", "demo.a", "demo.b"])),
        "case_key": draw(st.sampled_from([name, said, "", "run"])),
        "kind": draw(st.sampled_from(["node", "check", said])),
        "critical": draw(st.booleans()),
        "status": draw(st.sampled_from(STATUSES)),
        "reason": draw(told),
        "summary": draw(told),
        "detail": draw(told),
        "reproduce": draw(told),
        "warnings": draw(st.sampled_from([[], [said], [name, said]])),
        "errors": draw(st.lists(errors(said), max_size=2)),
        "process": draw(st.sampled_from([None, process(said, name)])),
    }


def errors(said):
    """Errors with that message, with a hint and without."""
    hints = st.sampled_from([None, said, "mend it"])
    return st.tuples(codes(), hints).map(lambda e: {**error(e[0], said), "hint": e[1]})


@st.composite
def runs(draw):
    """A run of such units, whose outcome need not be what they amount to."""
    artifact = {"name": "a", "path": draw(texts(min_size=1)), "type": "", "produced_by": None}
    hashes = st.sampled_from([DIGEST, f"sha256:{DIGEST}", "md5:0"])
    return {
        **RUN,
        "run_id": draw(texts(min_size=1)),
        "pipeline_id": draw(texts(min_size=1)),
        "onex_version": draw(st.none() | texts()),
        "outcome": draw(st.sampled_from(["success", "partial", "failure", "error"])),
        "reason": draw(st.none() | texts()),
        "units": draw(st.lists(units(), max_size=4)),
        "artifacts": [{**artifact, "hash": draw(hashes)}],
    }
