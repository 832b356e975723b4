"""Every report of a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.reports.html.report import HtmlReport
from compliance.reports.junit import JunitReport
from compliance.reports.matrix import MatrixReport
from compliance.reports.oscal import OscalReport
from compliance.reports.oscal_plan import PLAN_PATH, assessment_plan
from compliance.reports.sarif import SarifReport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.reports.view import Report, View

__all__ = ["DOCUMENTS", "REPORTS"]

REPORTS: Final[tuple[Callable[[], Report], ...]] = (HtmlReport, OscalReport, SarifReport, JunitReport, MatrixReport)
"""Reports that are written while the rows pass by."""
DOCUMENTS: Final[Mapping[str, Callable[[View], bytes]]] = {PLAN_PATH: assessment_plan}
"""Reports that need no rows."""
