from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.reports.html.audit import audit_log
from tests.unit.evidence.reports.html.reading import parsed, texts
from tests.unit.evidence.reports.writing import changed_view

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View

SOURCE = {"kind": "audit log", "origin": "example.com/<log>", "size": 7, "sample_seed": "s", "hosts": ["a"]}


def _with_item(view: View, **changes: object) -> View:
    item = {**view.items[0], "id": "audit-log", "stage": "audit", "status": "collected", "source": SOURCE, **changes}
    return changed_view(view, items=(*view.items, item))


def test_a_log_that_nobody_verified_is_said_to_be_that_with_the_reason(view: View) -> None:
    view.assessment["stages"]["audit"].update(collected=False, reason="no <export> was given")
    told = texts(parsed(audit_log(view, "")), "p")
    assert "The audit log was not verified in this run. no <export> was given" in told


def test_what_the_log_says_of_itself_stands_with_it_and_lists_do_not(view: View) -> None:
    view.assessment["stages"]["audit"].update(collected=True, reason=None)
    root = parsed(audit_log(_with_item(view), ""))
    facts = dict(zip(texts(root, "dt"), texts(root, "dd"), strict=True))
    assert (facts["origin"], facts["size"], facts["sample seed"]) == ("example.com/<log>", "7", "s")
    assert {"kind", "hosts"} & facts.keys() == set()
    assert "1 evidence item on it in this run." in texts(root, "p")[0]


def test_an_item_that_failed_shows_no_facts(view: View) -> None:
    root = parsed(audit_log(_with_item(view, status="failed"), ""))
    assert "origin" not in texts(root, "dt")


def test_each_policy_on_the_log_links_to_its_sheet_and_retention_stands_below(view: View) -> None:
    root = parsed(audit_log(view, "<h3>Retention of logs</h3>"))
    wanted = [policy["id"] for policy in view.assessment["policies"] if "audit" in policy["stages"]]
    assert [link.attrib["href"] for link in root.iter("a")] == [f"#sheet-{name}" for name in wanted]
    assert texts(root, "h3") == ["Retention of logs"]
