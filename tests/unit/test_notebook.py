"""ATLAS-23: a notebook shows any document as a table, and a hostile one as text."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from tests.sample_run import sample_run

from onex.projections import run_result
from onex_contract.notebook import MOST_ROWS, table
from onex_models.run_result import RunResult

TEXTS = st.text() | st.sampled_from(["<script>", "</table>", "&lt;", '"', "<!--", "]]>"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


class Tags(HTMLParser):
    """Which elements a text has, and what it says."""

    def __init__(self, text):
        super().__init__()
        self.names = set()
        self.said = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note the element; attributes are `scope` and `colspan` alone."""
        self.names.add(tag)
        assert {name for name, _ in attrs} <= {"scope", "colspan"}

    def handle_data(self, data):
        """Note what is said."""
        self.said.append(data)


def test_a_run_result_shows_its_steps_in_columns():
    """Each step is a row, under the names of its members."""
    model = RunResult.model_validate(run_result.document(sample_run()))
    shown = model._repr_html_()

    assert '<th scope="col">step_id</th>' in shown
    assert "<td>demo.text.count</td>" in shown
    assert Tags(shown).names == {"table", "tr", "th", "td"}


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_no_text_becomes_markup(value):
    """Whatever a document says, the page has tables and nothing else."""
    assert Tags(table(value)).names <= {"table", "tr", "th", "td"}


def test_a_long_list_says_how_much_is_left_out():
    """A notebook stays usable."""
    shown = table({"steps": [{"place": number} for number in range(MOST_ROWS + 2)]})

    assert shown.count("<tr>") == MOST_ROWS + 3
    assert Tags(shown).said[-1] == "and 2 more"
