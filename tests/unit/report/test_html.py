"""The page of a run: complete, safe whatever a node wrote, small, and the same every time."""

import base64
import copy
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import sample_run as samples
from tests.sample_run import Facts, error, process

from onex.report.compare import Change
from onex.report.html import page
from onex.results import run_facts
from onex.results.volatile import strip

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "</style></pre></details></table><h1>passed</h1>",
    "<!-- <![CDATA[ ]]> -->",
    '" onclick="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "&lt;b&gt; &amp;#60; {{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x00 \x07 \x7f",
    "\u202egnp.exe \u2028 \ufeff \u200b",
]
VOID = {"meta", "link", "input", "path", "rect"}


def sample_run():
    """The sample run, none of which is shared: a test may change it as it likes."""
    return copy.deepcopy(samples.sample_run())


class Reader(HTMLParser):
    """What a browser would make of a page: elements, attributes, and the text of each element."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = Counter()
        self.attributes = []
        self.texts = {}
        self.comments = []
        self._open = []
        self.feed(text)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag, attrs):
        """An element begins."""
        self.elements[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        """An element ends: the one that began last."""
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_comment(self, data):
        """A comment, of which a page has none."""
        self.comments.append(data)

    def handle_data(self, data):
        """Text in all elements that are open."""
        for tag in set(self._open):
            self.texts[tag] = self.texts.get(tag, "") + data

    def values(self, name):
        """The values of the attributes ``name``."""
        return [value for _, attribute, value in self.attributes if attribute == name]


def hostile_run(text):
    """The sample run, with ``text`` in every place where somebody else's words may stand."""
    run = sample_run()
    run["pipeline_id"] = run["reason"] = run["pipeline_version"] = text
    run["trigger"]["actor"] = run["git"]["ref"] = text
    run["inputs"] = [{"type": text, "ref": text, text: text}]
    run["artifacts"][0] |= {"name": text, "path": text, "type": text, "hash": text}
    run["metrics"] = {text: text}
    run["log"] = [{"at_us": None, "text": text}]
    run["env"] = {"present": [text], "missing": [text]}
    run["ext"] = {text: []}
    run["policy"] |= {"name": text, "triggered_by": text}
    for unit in run["units"]:
        unit |= {"item_id": text, "case_key": text, "kind": text, "detail": text, "summary": text}
        unit |= {"warnings": [text], "evidence": [text], "metadata": {text: {text: text}}}
        unit["errors"] = [
            error(message=text, problems=[{"pointer": text, "message": text}]) | {"hint": text}
        ]
        unit["asserts"] = [{"status": "fail", "msg": text, "predicate": text}]
        unit["process"] = process(
            text, f'Traceback (most recent call last):\n  File "{text}\n{text}', status=1
        )
        unit["reproduce"] = text
    names = {unit["unit_id"]: f"{text}{number}" for number, unit in enumerate(run["units"])}
    for unit in run["units"]:
        unit["unit_id"] = names[unit["unit_id"]]
        unit["needs"] = [names[name] for name in unit["needs"]]
    return run


def large_run(count, *, failing=False):
    """A run of many units, each of which tells a lot of itself."""
    items = [
        run_facts.plan_item(
            f"team.ingest.step_{number}", "run", "node", needs=[number - 1] * bool(number)
        )
        for number in range(count)
    ]
    facts = Facts(items)
    told = {
        "state": {},
        "summary": "loaded 12 000 rows from 4 files, left out 3",
        "warnings": ["3 rows have no key"],
        "metrics": {f"metric_{number}": number for number in range(10)},
        "actions": [{"action": "httpGet", "status": "ok", "args": "GET /rows?page=1"}] * 10,
    }
    for number in range(count):
        if failing:
            text = '  File "node.py", line 3, in run\n    raise ValueError("it\'s wrong")\n' * 60
            facts.node(
                number,
                status="failure",
                problem=error(),
                process=process(stderr=text[:4000], status=1),
            )
        else:
            facts.node(number, result=told, process=process(stdout="row done\n" * 400))
    return facts.finished("success").run()


@pytest.mark.parametrize(
    "piece",
    [
        "<title>! error: nodes</title>",
        "<h1>nodes</h1>",
        "<span>4 of 11 units succeeded</span>",
        '<b>4</b> <span class="status s-failure"><i aria-hidden="true">✕</i> failure</span>',
        "<dt>Coverage</dt><dd><b>66.66 %</b> </dd><dd>2 of 3 active nodes</dd>",
        "<h2>Failures</h2>",
        "<code>exception</code> KeyError: &#39;text&#39;</p>",
        "<b>Hint</b> see the log",
        '<b class="place">  File &#34;node.py&#34;, line 3, in run</b>\n<b class="exception">KeyError: &#39;text&#39;</b>',
        ">onex run demo.text.count --input &#39;{&#34;text&#34;:&#34; Hi &#34;}&#39;</pre>",
        "<span>exit status 1</span>",
        "<h2>Warnings</h2>",
        '<a href="#u0">demo.text.clean</a> the text was short',
        "<h2>Graph</h2>",
        "8 units that need nothing and that nothing needs are not drawn.",
        "<h2>Timeline</h2>",
        "failure after 13 ms, took </span>4 ms",
        '<th scope="row">demo.text.clean</th><td>trims both ends</td><td>node</td><td class="number">4 ms</td>',
        "<summary>trimmed 2 characters</summary>",
        '<span class="m-pass">✓ pass</span> input-contract: the input state keeps the contract</dd>',
        '<span class="m-ok">✓ ok</span> httpGet GET /</dd>',
        '<span class="m-ok">✓ ok</span> publish table (text/csv) at artifacts/0-demo-text-clean/t.csv</dd>',
        '<span class="m-ok">✓ ok</span> json of page $.a → {&#34;match_count&#34;: 1}</dd>',
        "<dd>run.json:$.x_onex.units[0]</dd>",
        "<dd>trimmed: 2</dd>",
        "<dd>not critical: the run may succeed without it</dd>",
        "<dt>Run</dt><dd>20260117T143052Z__nodes__a1b2c3d</dd>",
        "<dt>Branch or tag</dt><dd>main</dd>",
        "<dt>Trigger</dt><dd>local_cli, ada</dd>",
        "<dt>Policy</dt><dd>default; critical: all</dd>",
        "<td>artifacts/0-demo-text-clean/t.csv</td>",
        "2026-01-17T14:30:52.131456Z demo.text.clean stdout| cleaned\n",
        "the run without its log",
    ],
)
def test_every_piece_is_on_the_page_of_the_sample_run(piece):
    """Verdict, counts, failures, graph, timeline, table, provenance, log and JSON."""
    assert piece in page(sample_run())


def test_failures_come_first_and_in_order():
    """What a person came for stands above all else; half successes come last among it."""
    run = sample_run()
    run["units"][0]["status"] = "partial"

    text = page(run)

    assert re.findall(r"<h2>(.*?)</h2>", text) == [
        "Failures",
        "Graph",
        "Timeline",
        "Units",
        "Provenance",
        "Record",
    ]
    assert re.findall(r'<h3><a href="#u\d+">(.*?)</a>', text) == [
        "demo.text.count",
        "demo.text.strict",
        "demo.text.absent",
        "nightly::row_count",
        "gate::coverage",
        "demo.text.clean",
    ]


def test_problems_of_a_contract_are_told_by_place():
    """The pointers and sentences of `details.problems`; what else stands there is passed over."""
    run = sample_run()
    listed = [
        {"pointer": "/text", "message": "is a number"},
        {"pointer": "", "message": "is a list"},
    ]
    run["units"][2]["errors"][0]["details"] = {"problems": [*listed, {"pointer": 3}, "text", None]}

    text = page(run)

    assert "<tr><td><code>/text</code></td><td>is a number</td></tr>" in text
    assert "<tr><td><code>the whole state</code></td><td>is a list</td></tr>" in text
    assert text.count("<tr><td><code>") == 2


def test_regressions_are_told_where_there_is_a_baseline():
    """Each with its status before and after; without a baseline there is no such section."""
    regressed = Change("a.b", "regressed", "success", "failure")
    removed = Change("c.d", "removed", "success", None)

    text = page(sample_run(), comparison=[regressed, removed])

    assert '<th scope="row">a.b</th><td>regressed</td><td>success</td><td>failure</td>' in text
    assert '<th scope="row">c.d</th><td>removed</td><td>success</td><td>—</td>' in text
    assert "Nothing is worse than in the baseline." in page(sample_run(), comparison=[])
    assert "Regressions" not in page(sample_run())


@pytest.mark.parametrize(
    ("coverage", "minimum", "told"),
    [
        ({"active": 3, "covered": 2, "percent": 66.66}, 66.67, "not met"),
        ({"active": 3, "covered": 2, "percent": 66.66}, 66.66, "met"),
        ({"active": 0, "covered": 0, "percent": None}, 1, "not met"),
        (None, 1, "not met"),
        ({"active": 3, "covered": 2, "percent": 66.66}, None, None),
        (None, None, None),
    ],
)
def test_the_coverage_is_held_to_the_policy(coverage, minimum, told):
    """What is not known does not meet a minimum."""
    run = sample_run()
    run["coverage"] = coverage
    run["policy"]["minimum_coverage_required"] = minimum

    found = re.findall(r"</i> ((?:not )?met)</span>", page(run))

    assert found == ([told] if told else [])


def test_a_run_of_nothing_has_a_page():
    """A gate that looked at nothing has something to say, too."""
    run = sample_run() | {"units": [], "artifacts": [], "log": [], "coverage": None}

    text = page(run)

    assert "<span>0 of 0 units succeeded</span>" in text
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["Units", "Provenance", "Record"]
    Reader(text)


def test_the_policy_names_exactly_the_blocks_of_the_page():
    """A browser runs and applies what stands here, and nothing else."""
    text = page(sample_run())
    style, script = (
        "sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        for block in (
            *re.findall(r"<style>(.*?)</style>", text, re.DOTALL),
            *re.findall(r"<script>(.*?)</script>", text, re.DOTALL),
        )
    )

    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)

    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_asks_for_nothing(text):
    """No address, no inline style, no handler: not of ours, and not of a node's."""
    run = hostile_run(text)
    reader = Reader(page(run, comparison=[Change(text, "removed", "success", None)]))

    assert reader.comments == []
    assert reader.elements.keys().isdisjoint({"img", "iframe", "object", "embed", "form", "base"})
    assert not [name for _, name, _ in reader.attributes if name.startswith("on")]
    assert not reader.values("src")
    assert not reader.values("style")
    assert {value[:1] for value in reader.values("href")} <= {"#", "d"}
    assert [value for value in reader.values("href") if value[0] == "d"] == ["data:,"]
    assert "url(" not in reader.texts["style"]
    assert "@import" not in reader.texts["style"]


def shape(text):
    """The elements of a page, and the names of their attributes."""
    reader = Reader(text)
    return reader.elements, Counter((tag, name) for tag, name, _ in reader.attributes)


# One row and no spaces at its ends: other text has another number of rows in a frame.
words = (
    st.text(min_size=1)
    .map(lambda text: "".join(text.split()) or "x")
    .filter(lambda text: not re.search(r"[\x00-\x1f\x85\x1b]", text))
)


@given(words | st.sampled_from(HOSTILE[:8]))
def test_text_never_becomes_markup(text):
    """Whatever a node wrote, the page has the elements that it has for plain text."""
    assert shape(page(hostile_run(text))) == shape(page(hostile_run("plain")))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_page_is_printable(text):
    """No control character, no mark of direction and no invisible space reaches a reader."""
    shown = page(hostile_run(f"a{text}"))

    assert [c for c in shown if not c.isprintable() and c != "\n"] == []
    Reader(shown)


def test_colours_of_a_terminal_are_left_out():
    """The text is what counts; other control characters are shown as escapes."""
    run = sample_run()
    run["units"][1]["process"] = process(
        stderr="\x1b[1;31mred\x1b[0m\tx\x07\r\n50 %\r100 %\n", status=1
    )

    assert "\nred x\\x07\n50 %\n100 %\n" in page(run).replace("<pre", "\n<pre").replace(
        ">red", ">\nred"
    )


@pytest.mark.parametrize("failing", [False, True])
def test_a_thousand_units_fit_into_two_megabytes(failing):
    """What is left out is said; nothing of the table is."""
    text = page(large_run(1000, failing=failing))

    assert len(text.encode()) <= 2_000_000
    assert len(re.findall(r'<tr id="u\d+"', text)) == 1000
    assert re.search(r"\d+ units are listed without details, to keep the page small", text)
    assert "the run without units, which is too large for a page" in text
    assert "Only the first 200 are drawn; 800 are left out." in text
    assert ("more are in the" in text) is failing


def test_a_thousand_hostile_units_fit_into_two_megabytes():
    """Escapes are longer than what they stand for, and counted as they are."""
    run = large_run(1000)
    for number, unit in enumerate(run["units"]):
        unit |= {
            "item_id": '"&<' * 2000,
            "summary": "'\x1b>" * 9000,
            "unit_id": f"{'<' * 300}{number}",
        }

    assert len(page(run).encode()) <= 2_000_000


def test_the_table_holds_what_failed_when_there_are_too_many_units():
    """Of 6 000 units 5 000 are listed, and the one that failed is among them."""
    run = sample_run()
    run["units"] = [
        {**run["units"][6], "unit_id": f"u.n{number}", "item_id": f"u.n{number}"}
        for number in range(6000)
    ]
    run["units"][5999] |= {"status": "failure"}

    text = page(run)

    assert len(re.findall(r'<tr id="u\d+"', text)) == 5000
    assert '<tr id="u5999" data-status="failure">' in text
    assert '<tr id="u4998"' in text
    assert '<tr id="u4999"' not in text
    assert "A page holds 5000 units at most" in text


def test_the_json_is_the_run():
    """The run without its log, to be read by a program."""
    run = sample_run()

    (raw,) = re.findall(r'aria-label="The run as JSON">(.*?)</pre>', page(run), re.DOTALL)

    reader = Reader(f"<pre>{raw}</pre>")
    assert json.loads(reader.texts["pre"]) == {name: run[name] for name in run if name != "log"}


def changed(value):
    """Another value of the same kind."""
    if isinstance(value, dict):
        return {name: changed(item) for name, item in value.items()}
    if isinstance(value, list):
        return value[1:]
    return value + 7 if isinstance(value, int) else f"{value}b" if isinstance(value, str) else value


def test_golden_pages_of_equal_runs_are_equal():
    """Times, ids, the machine and the log differ between two equal runs; their pages do not."""
    one, other = sample_run(), sample_run()
    steady = strip(one, "run")
    for record, left in [(other, steady), *zip(other["units"], steady["units"], strict=True)]:
        for name in record.keys() - left.keys():
            record[name] = changed(record[name])

    golden = page(one, golden=True)

    assert golden == page(other, golden=True)
    assert page(one) != page(other)
    assert one == sample_run(), "a page changes nothing of its run"
    assert "Timeline" not in golden
    assert "What differs between two equal runs is left out." in golden
    Reader(golden)


def test_a_page_is_deterministic():
    """The same run gives the same bytes, in whatever order its members stand."""
    run = sample_run()
    backwards = dict(reversed([*run.items()]))

    assert page(run) == page(sample_run()) == page(backwards)
