"""A state as an apply would have recorded it, made from plans alone, so that changes can be planned without an AWS.

A plan of an empty state says every value that the configuration decides. What AWS would add is made up from names, and
a second plan, which then knows it, says the values that depend on it. Dependencies are recorded as Terraform records
them: every resource that stands before this one in the graph of the apply (Terraform documentation, "Resource Graph").
"""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.local.terraform import terraform_environment
from tests.kept_provider import keep_provider

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

ACCOUNT = "123456789012"
REGION = "us-east-1"
PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]'
BUILT_IN = 'provider["terraform.io/builtin/terraform"]'
_WHO = f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::{ACCOUNT}:user/tester</Arn><UserId>AIDAEXAMPLE</UserId><Account>{ACCOUNT}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>""".encode()
_EDGE = re.compile(r'^\s*"((?:[^"\\]|\\.)*)" -> "((?:[^"\\]|\\.)*)"$', re.MULTILINE)
_NODE = re.compile(r'^\s*"((?:[^"\\]|\\.)*)" \[', re.MULTILINE)
_KEY = re.compile(r"\[[^\]]*\]")

Edges = dict[str, set[str]]


class Planned(NamedTuple):
    """What a plan says.

    Attributes:
        changes: Every resource instance with what happens to it.
        schemas: Version of the schema of each kind of resource.
        edges: The graph of the apply: what each node waits for.
    """

    changes: list[dict[str, Any]]
    schemas: dict[str, int]
    edges: Edges


class _Identity(BaseHTTPRequestHandler):
    """Answers the one question that the provider asks before it plans: whose account this is."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(_WHO)))
        self.end_headers()
        self.wfile.write(_WHO)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the library gives it
        pass


class Workbench:
    """Plans the configuration of a folder against states that nobody applied.

    Args:
        run: Runs Terraform.
        folder: A copy of the stack.
    """

    def __init__(self, run: Callable[..., subprocess.CompletedProcess[str]], folder: Path) -> None:
        self._run, self._folder = run, folder
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Identity)
        Thread(target=self._server.serve_forever, daemon=True).start()
        self._environment = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._server.server_port}",
            "AWS_ACCESS_KEY_ID": "tester",
            "AWS_SECRET_ACCESS_KEY": "tester",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self._open = ExitStack()
        self._open.callback(self._server.server_close)
        self._open.callback(self._server.shutdown)
        self._environment |= self._open.enter_context(keep_provider(_apart() | self._environment))
        self._call("init", "-input=false", "-backend=false")

    def close(self) -> None:
        self._open.close()

    def plan(self, variables: Mapping[str, Any], state: Mapping[str, Any] | None = None) -> Planned:
        """Return what an apply would do to a state, and in which orders."""
        refusal = self.find_refusal(variables, state)
        assert refusal is None, refusal
        shown = json.loads(self._call("show", "-json", "change.tfplan"))
        schemas = dict(_schemas(shown["planned_values"]["root_module"]))
        return Planned(shown["resource_changes"], schemas, read_edges(self._call("graph", "-plan=change.tfplan")))

    def find_refusal(self, variables: Mapping[str, Any], state: Mapping[str, Any] | None = None) -> str | None:
        """Return what Terraform says when it refuses to plan; None when it plans."""
        (self._folder / "change.tfvars.json").write_text(json.dumps(variables), encoding="utf-8")
        (self._folder / "terraform.tfstate").write_text(json.dumps(state or _state([])), encoding="utf-8")
        options = ("-refresh=false", "-input=false", "-out=change.tfplan", "-lock=false", "-no-color")
        done = self._run_here("plan", *options, "-var-file=change.tfvars.json")
        return None if done.returncode == 0 else f"{done.stdout}{done.stderr}"

    def record(self, variables: Mapping[str, Any], in_order: Callable[[str], bool]) -> dict[str, Any]:
        """Return the state after an apply.

        Args:
            variables: Of the configuration.
            in_order: Whether the configuration says of a resource that it is created before it is destroyed.
        """
        first = self.plan(variables)
        second = self.plan(variables, record_state(first, in_order))
        return record_state(second._replace(edges=first.edges), in_order)

    def _call(self, *arguments: str) -> str:
        done = self._run_here(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return str(done.stdout)

    def _run_here(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run(*arguments, folder=self._folder, variables=self._environment)


def _apart() -> dict[str, str]:
    return {name: value for name, value in terraform_environment().items() if not name.startswith("AWS_")}


def read_edges(dot: str) -> Edges:
    """Return, for each node of a graph in DOT, the nodes that it waits for."""
    nodes = {_node(name): set[str]() for name in _NODE.findall(dot)}
    for before, after in _EDGE.findall(dot):
        nodes.setdefault(_node(before), set()).add(_node(after))
    return nodes


def _node(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\").removeprefix("[root] ")


def ancestors(edges: Edges, node: str) -> set[str]:
    """Return everything that a node waits for, directly or not."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for before in edges.get(waiting.pop(), ()):
            if before not in found:
                found.add(before)
                waiting.append(before)
    return found


def declared(address: str) -> str:
    """Return the address of a resource without the keys of its instances."""
    return _KEY.sub("", address)


def _schemas(module: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for resource in module.get("resources", ()):
        yield resource["type"], resource["schema_version"]
    for child in module.get("child_modules", ()):
        yield from _schemas(child)


def record_state(planned: Planned, in_order: Callable[[str], bool]) -> dict[str, Any]:
    """Return the state that holds the result of every change."""
    managed = [
        change for change in planned.changes if change["mode"] == "managed" and change["change"]["after"] is not None
    ]
    addresses = {declared(change["address"]) for change in managed}
    before = {
        address: sorted(
            {declared(node.removesuffix(" (expand)")) for node in ancestors(planned.edges, f"{address} (expand)")}
            & (addresses - {address})
        )
        for address in addresses
    }
    ordered = {address for address in addresses if in_order(address)}
    ordered |= {one for address in ordered for one in before[address]}
    return _state(list(_resources(managed, planned.schemas, before, ordered)))


def _resources(
    managed: list[dict[str, Any]], schemas: Mapping[str, int], before: Mapping[str, list[str]], ordered: set[str]
) -> Iterator[dict[str, Any]]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for change in managed:
        groups.setdefault((change.get("module_address", ""), change["type"], change["name"]), []).append(change)
    for (module, kind, name), instances in groups.items():
        yield {
            **({"module": module} if module else {}),
            "mode": "managed",
            "type": kind,
            "name": name,
            "provider": BUILT_IN if kind == "terraform_data" else PROVIDER,
            "instances": [_instance(change, schemas[kind], before, ordered) for change in instances],
        }


def _instance(
    change: dict[str, Any], schema: int, before: Mapping[str, list[str]], ordered: set[str]
) -> dict[str, Any]:
    address = declared(change["address"])
    return {
        **({"index_key": change["index"]} if "index" in change else {}),
        "schema_version": schema,
        "attributes": _remembered(change) if change["type"] == "terraform_data" else known_values(change),
        "sensitive_attributes": [],
        "dependencies": before[address],
        "create_before_destroy": address in ordered,
    }


def _remembered(change: dict[str, Any]) -> dict[str, Any]:
    """Return what Terraform's own resource remembers; values of any type are kept with their type."""
    kept = {"value": change["change"]["after"]["input"], "type": "string"}
    return {"id": change["address"], "input": kept, "output": kept, "triggers_replace": None}


def known_values(change: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a resource after a change, with what AWS would say made up from its name."""
    after = dict(change["change"]["after"] or {})
    unknown = change["change"].get("after_unknown") or {}
    if not unknown:
        return after
    made = _made_up(change["type"], after, change["address"])
    return {**{name: made.get(name) for name, missing in unknown.items() if missing is True}, **after}


def _made_up(kind: str, values: Mapping[str, Any], address: str) -> dict[str, Any]:
    def arn(service: str, rest: str) -> str:
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}"

    name = str(values.get("name") or values.get("bucket") or values.get("function_name") or address)
    key = f"11111111-2222-3333-4444-{abs(hash(declared(address))) % 10**12:012d}"
    arns = {
        "aws_cloudwatch_event_archive": arn("events", f"archive/{name}"),
        "aws_cloudwatch_event_bus": arn("events", f"event-bus/{name}"),
        "aws_cloudwatch_event_rule": arn("events", f"rule/{values.get('event_bus_name')}/{name}"),
        "aws_cloudwatch_log_group": arn("logs", f"log-group:{name}"),
        "aws_dynamodb_table": arn("dynamodb", f"table/{name}"),
        "aws_iam_policy": f"arn:aws:iam::{ACCOUNT}:policy/{name}",
        "aws_iam_role": f"arn:aws:iam::{ACCOUNT}:role/{name}",
        "aws_kms_key": arn("kms", f"key/{key}"),
        "aws_lambda_alias": arn("lambda", f"function:{values.get('function_name')}:{name}"),
        "aws_lambda_function": arn("lambda", f"function:{name}"),
        "aws_s3_bucket": f"arn:aws:s3:::{name}",
        "aws_scheduler_schedule_group": arn("scheduler", f"schedule-group/{name}"),
        "aws_sns_topic": arn("sns", name),
        "aws_sqs_queue": arn("sqs", name),
    }
    url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
    ids = {"aws_sqs_queue": url, "aws_kms_key": key, "aws_sns_topic": arns["aws_sns_topic"]}
    return {
        "arn": arns.get(kind, arn("other", address)),
        "function_version": "1",
        "id": ids.get(kind, name),
        "inline_policy": [],
        "key_id": key,
        "managed_policy_arns": [],
        "url": url,
        "version": "1",
    }


def _state(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "version": 4,
        "terraform_version": "1.11.0",
        "serial": 1,
        "lineage": "00000000-0000-0000-0000-000000000000",
        "outputs": {},
        "resources": resources,
    }
