"""The page that lists every policy, made from the catalogue: ``python -m tapeproof.gate.outputs.catalog_page``.

It writes ``docs/policies.md``; a test fails when the page is not what this module would write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.content import project
from tapeproof.gate.engine.policy import catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.engine.policy import Policy

__all__ = ["PAGE", "render"]

PAGE = project() / "docs" / "policies.md"
_INTRODUCTION = """\
# Policies

Made from `policies` by `python -m tapeproof.gate.outputs.catalog_page`; do not edit it by hand.

Each policy is a folder: `policy.yaml` (what this page shows), `rule.py` (one pure function, the same for source, plan,
live account and checkov) and `examples/` of what passes, fails and cannot be judged, pinned to the line.

`tapeproof gate check` answers PASS, FAIL, UNKNOWN or WAIVED for each policy and resource. UNKNOWN means that the rule
needed a value that cannot be told; it fails the gate like FAIL does, with exit status 2 instead of 1.

**Where**: *source* is Terraform code, *plan* the output of `terraform show -json`, *live* an AWS account.

**Parameters** are set for a project in `.tapeproof.yaml`:

```yaml
parameters:
  TP_LOG_1:
    minimum_days: 365
```

**Waivers** need a reason, an owner and a last day. An expired, malformed or unused one fails the gate. They stand on
the offending line:

```hcl
skip_destroy = true # tapeproof:waive TP_DST_2 reason="shared" owner="data desk" expires=2027-03-31
```

or in `.tapeproof-waivers.yaml` in the working directory, which also reaches findings without a line (JSON, plans, live
accounts):

```yaml
waivers:
  - policy: TP_DST_2
    resource: module.archive.aws_s3_bucket.*
    reason: holds the tapes
    owner: data desk
    expires: 2027-03-31
```

Controls are judgements, not legal advice; *supports* and *supports-partially* say how far a policy goes,
*intersects* that it only touches what the control asks.
"""


def render(policies: Iterable[Policy]) -> str:
    """Return the page in Markdown."""
    listed = tuple(policies)
    table = ["| id | requirement | severity | where |", "|---|---|---|---|"]
    for policy in listed:
        where = ", ".join(policy.decidable_at)
        table.append(f"| [{policy.id}](#{policy.id.lower()}) | {policy.title} | {policy.severity} | {where} |")
    sections = ("\n".join(_section(policy)) for policy in listed)
    return "\n".join([_INTRODUCTION, *table, "", *sections])


def _section(policy: Policy) -> Iterator[str]:
    yield f"## {policy.id}\n"
    yield f"**{policy.title}.** {policy.rationale}\n"
    yield f"{policy.remediation.text}\n"
    yield f"```hcl\n{policy.remediation.snippet}\n```\n"
    if policy.parameters:
        yield "| parameter | default | meaning |\n|---|---|---|"
        for name, parameter in policy.parameters.items():
            yield f"| `{name}` | {_render_default(parameter.default)} | {parameter.description} |"
        yield ""
    if policy.controls:
        yield "| framework | control | relation | because |\n|---|---|---|---|"
        for control in policy.controls:
            yield f"| {control.framework} | {control.id} | {control.relation} | {control.rationale} |"
        yield ""
    else:
        yield "No control asks for it; it is a requirement of its own.\n"
    if policy.supersedes:
        names = ", ".join(f"`{name}`" for name in policy.supersedes)
        yield f"Makes superfluous (checkov): {names}.\n"
    yield f"[Examples](../policies/{policy.folder.name}/examples)\n"


def _render_default(default: object) -> str:
    if isinstance(default, list):
        return ", ".join(f"`{element}`" for element in default) or "none"
    if isinstance(default, dict):
        return ", ".join(f"`{key}`: {value}" for key, value in default.items())
    return f"`{default}`"


if __name__ == "__main__":
    PAGE.write_text(render(catalog()), encoding="utf-8")
