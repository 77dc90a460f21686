"""The report as Markdown: whole for the sample run, and hostile words stay words for a reader others wrote."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.sample_run import sample_run
from tests.unit.report.test_text import HOSTILE, changed, hostile_run

from onex.report.compare import baseline
from onex.report.look import Look
from onex.report.markdown import code, markdown
from onex.results.blank import blank_run

RUN = sample_run()
HEAD = """\
## `20260117T143052Z__nodes__a1b2c3d`: 4 of 11, error

4 success · 4 failure · 1 error · 1 blocked · 1 skipped · 60 ms"""
COUNT = """\
**failure** `demo.text.count`: `KeyError: 'text'`

- help: `see the log`
- again: `onex run demo.text.count --input '{"text":" Hi "}'`

```text
Traceback (most recent call last):
  File "node.py", line 3, in run
KeyError: 'text'
```
"""
SAMPLE = f"""\
{HEAD} · coverage 66.66 % (2 of 3 active nodes)

### Failures

**error** `demo.text.absent`: `demo.text.absent: node.py has changed since it was locked`

- help: `see the log`

{COUNT}
**failure** `demo.text.strict`: `the input state does not keep the contract: /text is a number`

- help: `see the log`
- again: `onex run demo.text.strict --input '{{"text":" Hi "}}'`

**failure** `nightly::row_count`: `rows=0`

**failure** `gate::coverage`: `coverage 66.66 % is below 90 %`

### Units

| status | unit | time | |
| --- | --- | ---: | --- |
| success | `demo.text.clean` | 4 ms | `trimmed 2 characters`<br>`warning: the text was short` |
| blocked | `demo.text.later` |  | `demo.text.count did not succeed` |
| skipped | `demo.text.unwanted` |  | `not wanted on this branch` |
| success | `demo.text.clean::trims both ends` | 4 ms |  |
| success | `demo.text.clean::refuses a number` | 4 ms |  |
| success | `nightly::command` | 9 ms |  |

11 units looked at, 11 shown.
"""


def test_the_sample_run():
    """The verdict first, failures in full, the rest in a table, the count last."""
    assert markdown([Look(coverage=True).at(RUN)]) == SAMPLE


def test_comparisons():
    """What changed, in a table each."""
    before = changed()
    look = Look(regressed=True, other=before, baseline=baseline([before]))

    assert (
        markdown([look.at(RUN)])
        == f"""\
{HEAD}

### Compared with `before`: 1 regressed, 1 removed, 1 fixed; 2 times as long

| change | unit | status |
| --- | --- | --- |
| regressed | `demo.text.count` | success -> failure |
| fixed | `nightly::command` | failure -> success |
| removed | `demo.text.gone` | success |

### Compared with the baseline: 1 regressed, 1 removed

| change | unit | status |
| --- | --- | --- |
| regressed | `demo.text.count` | success -> failure |
| removed | `demo.text.gone` | success |

### Failures

{COUNT}
11 units looked at, 1 shown, 9 compared with the baseline.
"""
    )


def test_a_run_without_units():
    """No empty headings."""
    run = {**blank_run("r", 0, 0), "reason": "interrupted"}

    assert markdown([Look().at(run), Look(failed=True).at(run)]) == (
        "## `r`: 0 of 0, failure (`interrupted`)\n\n0 ms\n\n" * 2
        + "2 runs, 0 units looked at, 0 shown.\n"
    )


PARSER = MarkdownIt("commonmark").enable("table")


def shape(text):
    """What a reader sees as markup: the kinds of tokens, in order, and the HTML in them."""
    found = []
    for token in PARSER.parse(text):
        inner = [
            (child.type, child.content if child.type == "html_inline" else "")
            for child in token.children or []
        ]
        # Words in code are spelt in one of two ways; both read as code.
        found.append(
            (token.type, [part for part in inner if part[0] not in {"code_inline", "text"}])
        )
    return found


def words_of(text):
    """All that a reader sees as words."""
    return "".join(
        child.content
        for token in PARSER.parse(text)
        for child in token.children or []
        if child.type in {"code_inline", "text", "text_special"}
    )


@given(HOSTILE.filter(lambda words: words.strip(" ") and words == words.strip()))
def test_code_reads_as_what_it_was(words):
    """A reader gives the words back, with escapes for what does not print."""
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in words)

    assert words_of(f"x {code(words)}") == f"x {shown}"
    assert words_of(f"| a | b |\n| --- | --- |\n| {code(words)} | c |\n") == f"ab{shown}c"


@given(HOSTILE)
def test_hostile_words_are_no_markup(words):
    """Tables keep their columns, lists their items; no HTML but `code` and `br` comes in."""
    text = markdown([Look().at(hostile_run(f"x{words}x"))])
    calm = markdown([Look().at(hostile_run("xx"))])
    html = {part[1] for _, inner in shape(text) for part in inner if part[0] == "html_inline"}

    assert html <= {"<code>", "</code>", "<br>"}
    assert [kind for kind, _ in shape(text)] == [kind for kind, _ in shape(calm)]
    assert {kind for _, inner in shape(text) for kind, _ in inner} <= {
        "html_inline",
        "strong_open",
        "strong_close",
        "softbreak",
        "text_special",
    }


@given(st.integers(1, 9), st.integers(0, 9))
def test_backticks_close_nothing(first, second):
    """A process may write as many backticks as it likes: what it wrote is one block."""
    written = f"{'`' * first}\n~~~\n{'`' * second}x\n"
    text = markdown([Look().at(hostile_run(written))])

    assert [token.content for token in PARSER.parse(text) if token.type == "fence"] == [written]
