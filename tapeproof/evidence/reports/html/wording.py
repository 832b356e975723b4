"""The sentences of the report."""

from __future__ import annotations

from typing import Final

__all__ = [
    "AUDIT_LEAD",
    "CONTROLS_LEAD",
    "EFFECTS_TOLD",
    "EMULATOR",
    "GLOSSARY",
    "LIMITS",
    "NO_PREVIOUS",
    "ONE_STAGE",
    "PDF_ABSENT",
    "PDF_THERE",
    "RECOVERY_IS_NO_RETENTION",
    "SCOPE_LEAD",
    "STAGE_LIMITS",
    "STAGE_METHODS",
    "STAGE_NOT_COLLECTED",
    "VERIFY",
]


def _flow(text: str) -> str:
    return " ".join(text.split())


VERIFY: Final = _flow("""
    Take the fingerprint from the person responsible for the key, not from this page, and <code>verify.py</code> or its
    SHA-256 from a release of the project. It needs Python 3.9 or later, no installation and no network.
""")
EFFECTS_TOLD: Final = _flow("""
    A policy has held by design only when every stage that can show its design was examined and passes. It is
    implemented only when the account itself shows it, and operating only when it was so in every run of a period whose
    cadence was stated beforehand.
""")
EMULATOR: Final = _flow("""
    An emulator shows how the stack behaves; it shows nothing about an account, so nothing is shown to be implemented.
""")
STAGE_NOT_COLLECTED: Final = {
    "source": "The <strong>source</strong> was not examined.",
    "plan": "No <strong>plan</strong> was examined.",
    "live": "No AWS account was examined, so nothing is shown to be <strong>implemented</strong>.",
}
SCOPE_LEAD: Final = _flow("""
    A verdict is only as good as the list of what it is about. Each stage lists its resources by itself; the lists are
    then compared by address.
""")
ONE_STAGE: Final = _flow("""
    The populations of the stages could not be compared: fewer than two stages were collected.
""")
CONTROLS_LEAD: Final = _flow("""
    A control whose checks pass is not thereby met: each mapping says how far a policy goes. Statuses are those of the
    mapped checks, for each kind of evidence. The mappings are this project's reading of the frameworks and no legal
    advice.
""")
RECOVERY_IS_NO_RETENTION: Final = _flow("""
    Point-in-time recovery reaches back at most 35 days: it is for recovery, not for retention. Whether market data as
    received is a record that 17a-4 is about is for counsel to say.
""")
NO_PREVIOUS: Final = _flow("""
    No previous bundle was given, so nothing is said about change, and nothing can be shown to have operated over a
    period.
""")
PDF_THERE: Final = "this report as PDF; the same verdicts as OSCAL, SARIF, JUnit and CSV"
PDF_ABSENT: Final = "the same verdicts as OSCAL, SARIF, JUnit and CSV; no PDF was printed"
AUDIT_LEAD: Final = "Every decision on every event is an entry of a hash-chained log whose tree is signed."
STAGE_METHODS: Final = {
    "source": _flow("""
        The gate's rule, over the parsed source with variables, locals, modules and loops evaluated. A value that
        matters and is not known is unknown, never a pass.
    """),
    "plan": _flow("""
        The gate's rule over Terraform's plan and, where a resource shows it by itself, a second judge: a criterion over
        the plan's own values. Where the two disagree the verdict is unknown.
    """),
    "live": _flow("""
        A criterion over the answers of read-only calls to AWS, and the gate's rule over what it reads there by itself.
        Where the two disagree the verdict is unknown.
    """),
    "audit": "The audit log's own verifier, and proofs that verify.py checks again.",
    "tests": "The counts of the test report itself.",
    "exceptions": _flow("""
        Each record is complete, approved by a second person where it must be, and not expired on the day of the run.
    """),
}
STAGE_LIMITS: Final = {
    "source": "Says how the stack is written, not what runs.",
    "plan": "Says what Terraform would make; what AWS decides is not known before apply.",
    "live": "Says how the account was at the moment of the call, not before or after.",
    "audit": _flow("""
        A writer that was compromised when it wrote, or an account owner together with every witness, is not detectable.
    """),
    "tests": "Says that the tests passed, not that they test enough.",
    "exceptions": "Says that somebody is on record, not that they decided well.",
}
GLOSSARY: Final = (
    ("Stage", "Where evidence was taken: source, plan, tests, exceptions, live, audit."),
    ("Design", "What source, plan and tests show: how the stack is written. It says nothing about what runs."),
    ("Simulated", "What an emulator of AWS shows. It never supports a claim about an account."),
    ("Recorded", "What a copy says that somebody handed over. It shows no account, so nothing is implemented by it."),
    ("Implemented", "What read-only calls to a real account show, at the moment they were made."),
    (
        "Operating",
        "Implemented in every run of the period, three or more, that came at a cadence stated beforehand.",
    ),
    ("pass, fail", "Every resource of the population was judged; none, or at least one, is not as required."),
    ("unknown", "A judge looked and could not tell, or two judges disagree. It counts as not satisfied."),
    ("waived", "Somebody named a reason, an owner and an end. It is not a pass."),
    ("not evaluated", "Nobody looked: evidence is missing. It is not a pass."),
    ("not applicable", "There is no resource of this kind at the stage, or the stage cannot show it."),
    ("Evidence digest", "SHA-256 over the paths and digests of everything the verdicts are derived from."),
    ("Judge", "What turns evidence into a verdict: the gate's rule, or a criterion that verify.py evaluates again."),
)
LIMITS: Final = tuple(
    _flow(paragraph)
    for paragraph in """
    A mapping to a control says that a check helps with it. It is not an opinion on whether the control is met, and no
    legal advice.

    Verdicts of the gate on the source are recorded, not derived again by verify.py, which cannot read HCL. The source
    files are in the bundle, so that anybody with the gate can judge them again: tapeproof evidence recheck does.

    Evidence is what a collector asked for and got. Who could change the answers of AWS or of this machine while it
    asked could mislead it; the second source of each population is there to make that harder.

    Who collected is a claim of the machine, unless AWS's own answer to GetCallerIdentity stands in the evidence.

    The clock of the collector is not attested. Answers of AWS carry AWS's own time, which stands beside it.

    Divergence from UTC (MiFID II RTS 25) cannot be attested from inside Lambda and is not evaluated.

    Not asserted, on purpose: a VPC for functions (Lambda.3; the control matrix says why), reserved concurrency for
    every function (CKV_AWS_115: it takes capacity from the account's other functions, so it is set only where it
    bounds something), and code signing (CKV_AWS_272: a signing profile of AWS cannot be deleted with the stack).

    Secrets were taken out before anything was written. What was taken out is listed with each item; there the bytes
    differ from the original.
    """.strip().split("\n\n")
)
