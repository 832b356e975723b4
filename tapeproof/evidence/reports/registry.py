"""Every report of a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tapeproof.evidence.reports.html.report import HtmlReport
from tapeproof.evidence.reports.junit import JunitReport
from tapeproof.evidence.reports.matrix import MatrixReport
from tapeproof.evidence.reports.oscal import OscalReport
from tapeproof.evidence.reports.oscal_component import COMPONENT_PATH, component_definition
from tapeproof.evidence.reports.oscal_plan import PLAN_PATH, assessment_plan
from tapeproof.evidence.reports.oscal_poam import POAM_PATH, action_plan
from tapeproof.evidence.reports.oscal_ssp import SSP_PATH, security_plan
from tapeproof.evidence.reports.readme import render_readme
from tapeproof.evidence.reports.sarif import SarifReport
from tapeproof.evidence.reports.security_hub import SECURITY_HUB_PATH, security_hub_batches
from tapeproof.evidence.reports.tickets import JIRA_PATH, SERVICENOW_PATH, jira_issues, servicenow_records
from tapeproof.evidence.verifier.layout import README_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tapeproof.evidence.reports.view import Report, View

__all__ = ["DOCUMENTS", "REPORTS"]

REPORTS: Final[Mapping[str, Callable[[], Report]]] = {
    one.path: one for one in (HtmlReport, OscalReport, SarifReport, JunitReport, MatrixReport)
}
"""Reports that are written while the rows pass by."""
DOCUMENTS: Final[Mapping[str, Callable[[View], bytes]]] = {
    PLAN_PATH: assessment_plan,
    COMPONENT_PATH: component_definition,
    POAM_PATH: action_plan,
    SSP_PATH: security_plan,
    SECURITY_HUB_PATH: security_hub_batches,
    SERVICENOW_PATH: servicenow_records,
    JIRA_PATH: jira_issues,
    README_NAME: render_readme,
}
"""Reports that need no rows."""
