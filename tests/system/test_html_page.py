"""The page of a run in a real browser: searched, filtered, without scripts, and heard by all."""

import copy
import importlib.util
from pathlib import Path

import pytest
from tests.sample_run import process, sample_run
from tests.system.browser import Browser

from onex.report.compare import Change
from onex.report.html import page

pytestmark = pytest.mark.system

ROWS = "Array.from(document.querySelectorAll('.units > tbody > tr'))"
SHOWN = f"{ROWS}.filter((row) => row.checkVisibility()).map((row) => row.id)"
COUNT = "document.querySelector('[aria-live=polite]').textContent"
OPEN = "document.querySelectorAll('details').forEach((it) => { it.open = true; })"
AXE = """axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map(
  (it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.target).join(' | ')}`))"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for all tests: its start is what takes time."""
    with Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def shown(tmp_path):
    """The page of the sample run, in a file, with all that a page may have."""
    run = copy.deepcopy(sample_run())
    run["policy"] |= {"name": "nightly", "minimum_coverage_required": 90}
    run["units"][0]["status"] = "partial"
    run["units"][2]["errors"][0]["details"] = {"problems": [{"pointer": "/a", "message": "b"}]}
    changes = [Change("demo.text.count", "regressed", "success", "failure")]
    path = tmp_path / "report.html"
    path.write_text(page(run, comparison=changes), encoding="utf-8")
    return path


def axe():
    """The text of axe-core, which a package carries along."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found, "axe is not installed; run `make dev`"
    return Path(found.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


def test_search_and_filter_show_what_was_asked_for(browser, shown):
    """Words are looked for in the whole row, all of them; a status is another condition."""
    browser.open(shown)
    assert browser.value(SHOWN) == [f"u{number}" for number in range(11)]
    assert browser.value(COUNT) == "11 units"

    browser.click("#search")
    browser.write("TEXT trim")
    assert browser.value(SHOWN) == ["u0", "u6"]
    assert browser.value(COUNT) == "2 of 11 units shown"

    browser.click("input[value=success]")
    assert browser.value(SHOWN) == ["u6"]
    assert browser.value(COUNT) == "1 of 11 units shown"

    browser.click("#search")
    browser.write(" nowhere")
    assert browser.value(SHOWN) == []
    assert browser.value(COUNT) == "0 of 11 units shown"
    assert browser.complaints == []


def test_a_link_to_a_row_that_is_filtered_out_shows_it(browser, shown):
    """A failure leads to its row, whatever was searched for before."""
    browser.open(shown)
    browser.click("input[value=success]")
    assert "u1" not in browser.value(SHOWN)

    browser.click(".card a[href='#u1']")
    browser.wait("document.querySelector(':target')?.checkVisibility()")

    assert browser.value(SHOWN) == [f"u{number}" for number in range(11)]
    assert browser.value("document.querySelector(':target').id") == "u1"
    assert browser.complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_row_opens_with_and_without_scripts(browser, shown, scripts):
    """The details come with a click; without scripts all is there but search and filter."""
    browser.open(shown, scripts=scripts)
    assert browser.value("document.getElementById('filter').checkVisibility()") is scripts
    assert len(browser.value(SHOWN)) == 11
    metric = "document.querySelector('#u0 dl').checkVisibility({contentVisibilityAuto: true})"
    assert browser.value(metric) is False

    browser.click("#u0 summary")

    assert browser.value(metric) is True
    assert "trimmed: 2" in browser.value("document.querySelector('#u0').innerText")
    assert browser.complaints == []


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, shown, scheme, width):
    """In light and dark, wide and narrow, with every detail open and closed."""
    browser.look(scheme=scheme, width=width)
    browser.open(shown)
    browser.value(axe())

    assert browser.value(AXE) == []
    browser.value(OPEN)
    assert browser.value(AXE) == []


@pytest.mark.parametrize("width", [320, 400, 800, 1280])
def test_a_page_is_never_wider_than_its_window(browser, shown, width):
    """What is wider, such as a graph, scrolls in itself."""
    browser.look(width=width)
    browser.open(shown)
    browser.value(OPEN)

    assert browser.value("document.documentElement.scrollWidth") <= width


def test_what_a_node_wrote_never_runs(browser, tmp_path):
    """Hostile text is text, and the browser has nothing to refuse."""
    run = copy.deepcopy(sample_run())
    hostile = "</script></style><img src=x onerror=document.title='hit'><script>document.title='hit'</script>"
    run["pipeline_id"] = hostile
    for unit in run["units"]:
        unit |= {"item_id": hostile, "summary": hostile, "detail": hostile, "warnings": [hostile]}
        unit |= {"process": process(hostile, hostile, status=1), "reproduce": hostile}
    path = tmp_path / "report.html"
    path.write_text(page(run), encoding="utf-8")

    browser.open(path)

    assert browser.value("document.title").startswith("! error: </script></style>")
    assert browser.value("document.querySelectorAll('img').length") == 0
    assert browser.complaints == []


def test_the_policy_refuses_what_is_not_ours(browser, shown):
    """If a text ever became markup, it would still not run: and these tests would hear of it."""
    text = shown.read_text(encoding="utf-8")
    foreign = "<script>document.title='hit'</script><img src=x onerror=document.title='hit'>"
    shown.write_text(text.replace("<main>", f"<main>{foreign}"), encoding="utf-8")

    browser.open(shown)

    assert browser.value("document.title") == "! error: nodes"
    assert any("Content Security Policy" in complaint for complaint in browser.complaints)


def test_a_thousand_units_are_usable(browser, tmp_path):
    """Loading and filtering a large table takes well under a second each, on any machine."""
    run = copy.deepcopy(sample_run())
    run["units"] = [
        {**run["units"][0], "unit_id": f"team.step_{number}", "item_id": f"team.step_{number}"}
        for number in range(1000)
    ]
    path = tmp_path / "report.html"
    path.write_text(page(run), encoding="utf-8")
    browser.look()
    browser.open(path)
    took = """(() => { const from = performance.now();
      const search = document.getElementById('search'); search.value = 'step_99';
      search.dispatchEvent(new Event('input', {bubbles: true}));
      document.body.getBoundingClientRect(); return performance.now() - from; })()"""

    assert browser.value(took) < 1000
    assert browser.value(COUNT) == "11 of 1000 units shown"
