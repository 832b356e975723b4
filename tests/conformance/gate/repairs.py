"""Edits that repair field cases: each makes a root of which nothing is wrong that was wrong before.

A case's own files are read where they lie; here stands only what is changed in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["REPAIRS", "Repair"]

_NAMED = re.compile(
    r"^(\s*(?:name|name_prefix|bucket|function_name|identifier|log_group_name)\s*=\s*\")([a-z]+-[a-z.-]*?)(\.fifo)?(\"\s*)$",
    re.MULTILINE,
)
_SUFFIX = 'variable "environment_suffix" {\n  type    = string\n  default = "dev"\n}\n'
_TLS = 'Condition = { Bool = { "aws:SecureTransport" = "false" } }'


@dataclass(frozen=True)
class Repair:
    """What is changed in a case.

    Attributes:
        changes: Texts and what takes their place, in whatever file they stand; each must be there.
        inside: Lines that go into the first line of every resource of a type.
        beside: What is added to `main.tf`.
        keeps_names: Whether the names need no suffix, or get it otherwise.
    """

    changes: Mapping[str, str] = field(default_factory=dict)
    inside: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""
    keeps_names: bool = False

    def apply(self, root: Path) -> None:
        """Repair the files of a root.

        Raises:
            AssertionError: A text that is to be changed stands nowhere.
        """
        files = [path for path in sorted(root.rglob("*")) if path.is_file()]
        texts = {path: path.read_text(encoding="utf-8") for path in files}
        for before, after in self.changes.items():
            assert any(before in text for text in texts.values()), f"{root.name} no longer holds {before!r}"
            texts = {path: text.replace(before, after) for path, text in texts.items()}
        for path, text in texts.items():
            path.write_text(self._completed(path, text, root), encoding="utf-8")
        if self.beside:
            (root / "beside.tf").write_text(self.beside, encoding="utf-8")
        if not self.keeps_names and not any('variable "environment_suffix"' in text for text in texts.values()):
            (root / "suffix.tf").write_text(_SUFFIX, encoding="utf-8")

    def _completed(self, path: Path, text: str, root: Path) -> str:
        for type_, lines in self.inside.items():
            text = re.sub(rf'^(resource "{type_}" "\w+" \{{)$', rf"\1\n{lines}", text, flags=re.MULTILINE)
        if self.keeps_names or path.parent != root:
            return text
        return _NAMED.sub(r"\1\2-${var.environment_suffix}\3\4", text)


def _key(admitted: str = "") -> str:
    """Return a key that CloudWatch Logs may use, and whatever else is admitted."""
    return f"""
data "aws_caller_identity" "me" {{}}
data "aws_region" "here" {{}}
resource "aws_kms_key" "ours" {{
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [
      {{
        Effect    = "Allow"
        Principal = {{ AWS = "arn:aws:iam::${{data.aws_caller_identity.me.account_id}}:root" }}
        Action    = ["kms:PutKeyPolicy", "kms:DescribeKey"]
        Resource  = "*"
      }},
      {{
        Effect    = "Allow"
        Principal = {{ Service = "logs.${{data.aws_region.here.name}}.amazonaws.com" }}
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = {{ StringEquals = {{ "aws:SourceAccount" = data.aws_caller_identity.me.account_id }} }}
      }},{admitted}
    ]
  }})
}}
"""


def _alarms(kind: str, name: str) -> str:
    """Return the alarms of a function, or of a dead-letter queue, and the topic they go to."""
    metrics, namespace, dimension, attribute = {
        "function": ('["Errors", "Throttles", "Duration"]', "AWS/Lambda", "FunctionName", "function_name"),
        "queue": ('["ApproximateNumberOfMessagesVisible"]', "AWS/SQS", "QueueName", "name"),
    }[kind]
    type_ = {"function": "aws_lambda_function", "queue": "aws_sqs_queue"}[kind]
    return f"""
resource "aws_cloudwatch_metric_alarm" "{name}_{kind}" {{
  for_each            = toset({metrics})
  alarm_name          = "alarm-{name.replace("_", "-")}-${{lower(each.key)}}-${{var.environment_suffix}}"
  namespace           = "{namespace}"
  metric_name         = each.key
  dimensions          = {{ {dimension} = {type_}.{name}.{attribute} }}
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.on_call]
}}
"""


_ON_CALL = 'variable "on_call" {\n  type    = string\n  default = "topic"\n}\n'


def _tls(name: str, more: str = "") -> str:
    """Return a queue's policy that refuses plain HTTP."""
    return f"""
resource "aws_sqs_queue_policy" "{name}_tls" {{
  queue_url = aws_sqs_queue.{name}.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [
      {{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.{name}.arn, {_TLS} }},{more}
    ]
  }})
}}
"""


def _logged(name: str) -> str:
    """Return the log group of a function."""
    return f"""
resource "aws_cloudwatch_log_group" "{name}_own" {{
  name              = "/aws/lambda/${{aws_lambda_function.{name}.function_name}}"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.ours.arn
}}
"""


def _kept(name: str) -> str:
    """Return a queue for what a function fails on, its policy and alarm, and the configuration that sends there."""
    return f"""
resource "aws_sqs_queue" "{name}_failed" {{
  name                      = "queue-{name}-failed-${{var.environment_suffix}}"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}}
resource "aws_lambda_function_event_invoke_config" "{name}_failed" {{
  function_name = aws_lambda_function.{name}.function_name
  destination_config {{
    on_failure {{
      destination = aws_sqs_queue.{name}_failed.arn
    }}
  }}
}}
{_tls(f"{name}_failed")}{_alarms("queue", f"{name}_failed")}"""


_RUNS = '  runtime     = "python3.11"\n  timeout     = 30\n  memory_size = 512'
_PRIVATE = "  force_destroy = true"
_KEYED = "  kms_key_id = aws_kms_key.ours.arn"
_LOG = {"aws_cloudwatch_log_group": _KEYED}
_TABLE = {
    "aws_dynamodb_table": "  server_side_encryption {\n    enabled     = true\n    kms_key_arn = aws_kms_key.ours.arn\n  }"
}
_QUEUE = {"aws_sqs_queue": "  sqs_managed_sse_enabled = true"}


def _group(**changes: str) -> Repair:
    """Return the repair of a log group named `a` that keeps too little."""
    named = {'name              = "a"': 'name              = "log-group-a"'}
    return Repair({**named, **changes}, _LOG, _key())


def _whole(name: str, *, kept: bool = True) -> str:
    """Return what makes a function whole: its key, log, alarms, and where failures are kept."""
    return "".join([_key(), _ON_CALL, _alarms("function", name), _logged(name), _kept(name) if kept else ""])


_BUCKET_TLS = f"""
resource "aws_s3_bucket_policy" "NAME" {{
  bucket = aws_s3_bucket.NAME.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.NAME.arn, "${{aws_s3_bucket.NAME.arn}}/*"]
      {_TLS}
    }}]
  }})
}}
resource "aws_s3_bucket_public_access_block" "NAME" {{
  bucket                  = aws_s3_bucket.NAME.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}}
"""
_NARROW = 'resource "aws_iam_policy" "own" {\n  name   = "policy-own-${var.environment_suffix}"\n  policy = data.aws_iam_policy_document.own.json\n}\n'
_OWN_POLICY = (
    'data "aws_iam_policy_document" "own" {\n  statement {\n    actions   = ["dynamodb:GetItem"]\n'
    '    resources = [var.table]\n  }\n}\nvariable "table" {\n  type    = string\n'
    '  default = "arn:aws:dynamodb:us-east-1:111122223333:table/t"\n}\n'
)
_ARN = '"arn:aws:lambda:us-east-1:111122223333:function:f"'
_SINK = (
    'variable "function_arn" {\n  type    = string\n  default = "arn:aws:lambda:us-east-1:111122223333:function:f"\n}\n'
)
_LOST = """
resource "aws_sqs_queue" "lost" {
  name                      = "queue-lost-${var.environment_suffix}"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}
"""
_LET_IN = """
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.lost.arn
        Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.RULE.arn } }
      },"""
_DEAD = "  dead_letter_config {\n    arn = aws_sqs_queue.lost.arn\n  }"


def _target(rule: str, **changes: str) -> Repair:
    """Return the repair of a rule whose target needs a dead-letter queue and no ARN that is written out."""
    beside = _SINK + _LOST + _tls("lost", _LET_IN.replace("RULE", rule)) + _ON_CALL + _alarms("queue", "lost")
    return Repair({_ARN: "var.function_arn", **changes}, {"aws_cloudwatch_event_target": _DEAD}, beside)


_EVENTS_KEY = """
      { Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } } },"""
_ALLOWS_LOST = 'Principal = { Service = "events.amazonaws.com" }'
_DENY_IN_LOST = (
    'Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.lost.arn, '
    + _TLS
    + " }, {"
)
_WRITES = """
resource "aws_iam_role_policy" "writes" {
  name   = "policy-writes-${var.environment_suffix}"
  role   = aws_iam_role.job.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.job_own.arn}:*" },
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn },
    ]
  })
}
"""
_TRUST = """locals {
  trust = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }
}
"""
_PERMISSION = """
resource "aws_lambda_permission" "tick" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.part.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.tick.arn
}
"""
_WAITS = '"integration.request.header.X-Amz-Invocation-Type" = "\'Event\'"'
_SUBJECT = '"token.actions.githubusercontent.com:sub" = "repo:acme/feeds:ref:refs/heads/main"'

REPAIRS: dict[str, Repair] = {
    "01-managed-policy-by-partition": Repair(
        {'"arn:${data.aws_partition.here.partition}:iam::aws:policy/AdministratorAccess"': "aws_iam_policy.own.arn"},
        beside=_OWN_POLICY + _NARROW,
    ),
    "04-attachments-exclusive": Repair(
        {'"arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"': "aws_iam_policy.own.arn"}, beside=_OWN_POLICY + _NARROW
    ),
    "06-managed-policy-arns-on-role": Repair(
        {'["AmazonS3FullAccess"]': '["own"]', '"arn:aws:iam::aws:policy/${n}"': "aws_iam_policy.own.arn"},
        beside=_OWN_POLICY + _NARROW,
    ),
    "07-oidc-aud-only": Repair(
        {
            '"sts.amazonaws.com" } }': f'"sts.amazonaws.com", {_SUBJECT} }} }}',
            '"https://token': 'var.issuer # "https://token',
        },
        beside='variable "issuer" {\n  type    = string\n  default = "https://token.actions.githubusercontent.com"\n}\n',
    ),
    "10-function-url-none": Repair({'"NONE"': '"AWS_IAM"'}, keeps_names=True),
    "103-secret-in-user-data": Repair(
        {
            "export AWS_SECRET_ACCESS_KEY=abcdEFGHijklMNOPqrstUVWXyz0123456789+/ab": "./start",
            "export DB_PASSWORD=Tr0ub4dor-and-3": "",
        },
        keeps_names=True,
    ),
    "106-log-group-inside-a-template": Repair(
        {
            "template_body = jsonencode({": 'parameters = { Key = aws_kms_key.ours.arn, Name = "log-group-a-${var.environment_suffix}" }\n  template_body = jsonencode({\n    Parameters = { Key = { Type = "String" }, Name = { Type = "String" } }',
            "RetentionInDays = 7": 'RetentionInDays = 30, KmsKeyId = { Ref = "Key" }, LogGroupName = { Ref = "Name" }',
            " Resources = {": "\n    Resources = {",
        },
        beside=_key(),
    ),
    "108-fifo-dlq-of-a-function": Repair(
        {"queue-failed.fifo": "queue-failed", "  fifo_queue = true\n": "  sqs_managed_sse_enabled = true\n"},
        {"aws_lambda_function": _RUNS + '\n  role = "arn:aws:iam::111122223333:role/job"'},
        _key() + _ON_CALL + _alarms("function", "job") + _alarms("queue", "failed") + _logged("job") + _tls("failed"),
    ),
    "111-name-of-unlisted-type": Repair(
        {
            '"dax-prices"': '"cluster-prices-${var.environment_suffix}"',
            '"api-prices"': '"api-prices-${var.environment_suffix}"',
        },
        keeps_names=True,
    ),
    "113-json-root-is-a-list": Repair(
        {
            '"name": "a", "retention_in_days": 7': '"name": "log-group-a-${var.environment_suffix}", "retention_in_days": 30, "kms_key_id": "${aws_kms_key.ours.arn}"'
        },
        beside=_key(),
    ),
    "114-action-block": _group(**{"retention_in_days = 7": "retention_in_days = 30"}),
    "120-api-that-does-not-wait": Repair({_WAITS: ""}, {"aws_lambda_function": _RUNS}, _whole("f", kept=False)),
    "16-for-all-values-binds-nothing": Repair(
        {
            '"ForAllValues:StringEquals" = { "aws:SourceAccount" = [var.account] }': 'StringEquals = { "aws:SourceAccount" = var.account }',
            "    Statement = [{": f'    Statement = [{{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "*", {_TLS} }}, {{',
        },
        _QUEUE,
    ),
    "18-permission-without-source": Repair(
        {'"sns.amazonaws.com"': '"sns.amazonaws.com"\n  source_arn    = aws_sns_topic.t.arn'},
        beside='resource "aws_sns_topic" "t" {\n  name = "topic-t"\n}\n',
        keeps_names=True,
    ),
    "19-inline-policy-of-unknown-holder": Repair(
        {
            'Principal = "*"': 'Principal = { AWS = "arn:aws:iam::111122223333:role/caller" }',
            'Action = "*"': 'Action = "vpc-lattice-svcs:Invoke"',
            'Resource = "*"': 'Resource = "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-1/prices"',
        },
        keeps_names=True,
    ),
    "23-counted-document": Repair(
        {
            '"arn:aws:sqs:::*"': "aws_sqs_queue.q.arn",
            '"policy-${count.index}"': '"policy-${count.index}-${var.environment_suffix}"',
        },
        beside='resource "aws_sqs_queue" "q" {\n  name = "queue-q-${var.environment_suffix}"\n}\n',
    ),
    "24-for-each-document": Repair(
        {
            '"arn:aws:sqs:::*"': "aws_sqs_queue.q.arn",
            '"policy-${each.key}"': '"policy-${each.key}-${var.environment_suffix}"',
        },
        beside='resource "aws_sqs_queue" "q" {\n  name = "queue-q-${var.environment_suffix}"\n}\n',
    ),
    "25-role-from-module-output": Repair(
        {
            'source = "./role"': 'source = "./role"\n  suffix = var.environment_suffix',
            '"role-this"': '"role-this-${var.suffix}"',
            '"{}"': 'jsonencode({ Version = "2012-10-17", Statement = [local.trust] })',
            'output "name" {': _TRUST + 'variable "suffix" {\n  type = string\n}\noutput "name" {',
            'Action = "*", Resource = "*"': 'Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-tapes/prices.csv"',
        }
    ),
    "28-dynamic-statements": Repair(
        {'["*"]': "[aws_dynamodb_table.t.arn]"},
        beside='resource "aws_dynamodb_table" "t" {\n  name = "table-t-${var.environment_suffix}"\n}\n',
    ),
    "29-not-action-of-nothing": Repair(
        {
            'NotAction = "nothing:AtAll", Resource = "*"': 'Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-tapes/prices.csv"'
        }
    ),
    "30-deny-that-denies-nothing": Repair(
        {'NotResource = "*"': 'Resource = [aws_s3_bucket.tape.arn, "${aws_s3_bucket.tape.arn}/*"]'},
        {"aws_s3_bucket": _PRIVATE},
    ),
    "31-delivery-class": Repair(
        {'"DELIVERY"': '"STANDARD"', '"/aws/apigw/access"': '"/aws/apigw/log-group-access-${var.environment_suffix}"'},
        _LOG,
        _key(),
    ),
    "33-log-group-by-prefix": Repair(
        {
            'name_prefix       = "/aws/lambda/${aws_lambda_function.api.function_name}-"': 'name = "/aws/lambda/${aws_lambda_function.api.function_name}"'
        },
        {"aws_lambda_function": _RUNS, **_LOG},
        _key() + _ON_CALL + _alarms("function", "api") + _kept("api"),
    ),
    "34-log-group-name-differs": Repair(
        {
            '"helper-${var.stack}"': '"lambda-helper-${var.environment_suffix}"',
            '"/aws/lambda/pc-helper-${var.stack}"': '"/aws/lambda/${aws_lambda_function.helper.function_name}"',
        },
        {"aws_lambda_function": _RUNS, **_LOG},
        _key() + _ON_CALL + _alarms("function", "helper") + _kept("helper"),
    ),
    "35-role-cannot-write-logs": Repair(
        {
            "aws_cloudwatch_log_group.other.arn": "aws_cloudwatch_log_group.crl.arn",
            '"/aws/lambda/lambda-other"': '"/aws/lambda/lambda-other-${var.environment_suffix}"',
            '"/aws/lambda/lambda-crl"': '"/aws/lambda/${aws_lambda_function.crl.function_name}"',
            "  role   = aws_iam_role.crl.id": '  name   = "policy-crl"\n  role   = aws_iam_role.crl.id',
        },
        {"aws_lambda_function": _RUNS, **_LOG},
        _key() + _ON_CALL + _alarms("function", "crl") + _kept("crl"),
    ),
    "37-replica-pitr-off-in-module": Repair(
        {
            "point_in_time_recovery = false": "point_in_time_recovery = true\n      kms_key_arn = var.far_key",
            'variable "enable_pitr" {': 'variable "far_key" {\n  type    = string\n  default = "arn:aws:kms:us-east-1:111122223333:key/1"\n}\nvariable "enable_pitr" {',
        },
        _TABLE,
        _key(),
    ),
    "39-pitr-one-day": Repair({"recovery_period_in_days = 1": "recovery_period_in_days = 35"}, _TABLE, _key()),
    "40-pitr-ignored": Repair(
        {"ignore_changes = [point_in_time_recovery]": "ignore_changes = [read_capacity]"}, _TABLE, _key()
    ),
    "41-dlq-key-refuses-eventbridge": Repair(
        {
            _ARN: "var.function_arn",
            'Statement = [{\n      Effect    = "Allow"\n      ' + _ALLOWS_LOST: _DENY_IN_LOST
            + '\n      Effect    = "Allow"\n      '
            + _ALLOWS_LOST,
            'Resource = "*" }] })': 'Resource = "*" }, { Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = var.account } } }] })',
            '"aws_sqs_queue" "lost" {': '"aws_sqs_queue" "lost" {\n  message_retention_seconds = 1209600',
        },
        beside=_SINK + _ON_CALL + _alarms("queue", "lost"),
    ),
    "43-dlq-fifo-for-eventbridge": Repair(
        {
            _ARN: "var.function_arn",
            "queue-lost.fifo": "queue-lost",
            "  fifo_queue = true\n": "  sqs_managed_sse_enabled = true\n",
            "Statement = [{": _DENY_IN_LOST,
        },
        beside=_SINK + _ON_CALL + _alarms("queue", "lost"),
    ),
    "44-redrive-allow-deny-all": Repair(
        {
            'redrivePermission = "denyAll"': 'redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.orders.arn]',
            '"aws_sqs_queue" "lost" {': '"aws_sqs_queue" "lost" {\n  message_retention_seconds = 1209600',
        },
        _QUEUE,
        _tls("orders") + _tls("lost") + _ON_CALL + _alarms("queue", "lost"),
    ),
    "50-sns-subscription-without-dlq": Repair(
        {
            "endpoint  = var.sink": "endpoint  = var.sink\n  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn })",
            'name = "topic-prices"': 'name = "topic-prices-${var.environment_suffix}"\n  kms_master_key_id = aws_kms_key.ours.arn',
        },
        beside=_key()
        + _LOST
        + _tls(
            "lost", _LET_IN.replace("events.", "sns.").replace("aws_cloudwatch_event_rule.RULE", "aws_sns_topic.prices")
        )
        + 'resource "aws_sns_topic_policy" "prices" {\n  arn    = aws_sns_topic.prices.arn\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sns:*", Resource = aws_sns_topic.prices.arn, '
        + _TLS
        + " }] })\n}\n",
    ),
    "53-role-cannot-use-dlq": Repair(
        {
            '"aws_sqs_queue" "failed" {': '"aws_sqs_queue" "failed" {\n  sqs_managed_sse_enabled   = true\n  message_retention_seconds = 1209600'
        },
        {"aws_lambda_function": _RUNS},
        _key()
        + _ON_CALL
        + _alarms("function", "job")
        + _alarms("queue", "failed")
        + _logged("job")
        + _tls("failed")
        + _WRITES,
    ),
    "54-target-on-default-bus": _target(
        "trade",
        **{
            "rule           = aws_cloudwatch_event_rule.trade.name\n": "rule           = aws_cloudwatch_event_rule.trade.name\n  event_bus_name = aws_cloudwatch_event_bus.feed.name\n"
        },
    ),
    "56-schedule-on-custom-bus": _target("trade", **{"  event_bus_name = aws_cloudwatch_event_bus.feed.name\n": ""}),
    "57-rule-switched-off": _target("trade", **{'state = "DISABLED"': 'state = "ENABLED"'}),
    "58-no-permission-to-invoke": Repair(
        {},
        {"aws_lambda_function": _RUNS + "\n  role = var.role_arn", "aws_cloudwatch_event_target": _DEAD},
        _whole("part")
        + _PERMISSION
        + 'variable "role_arn" {\n  type    = string\n  default = "arn:aws:iam::111122223333:role/part"\n}\n'
        + _LOST
        + _tls("lost", _LET_IN.replace("RULE", "tick"))
        + _alarms("queue", "lost"),
    ),
    "59-visibility-below-timeout": Repair(
        {
            "visibility_timeout_seconds = 60": "visibility_timeout_seconds = 1080\n  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn, maxReceiveCount = 5 })"
        },
        {"aws_lambda_function": '  runtime = "python3.11"', **_QUEUE},
        _key()
        + _ON_CALL
        + _alarms("function", "docs")
        + _logged("docs")
        + _tls("docs")
        + _LOST
        + _tls("lost")
        + _alarms("queue", "lost"),
    ),
    "60-no-concurrency": Repair(
        {"reserved_concurrent_executions = 0": "reserved_concurrent_executions = 5"},
        {"aws_lambda_function": '  runtime = "python3.11"'},
        _whole("job"),
    ),
    "61-backups-outlive-database": Repair({"delete_automated_backups = false": "delete_automated_backups = true"}),
    "62-data-deletion-retain": Repair({'"RETAIN"': '"DELETE"'}, keeps_names=True),
    "63-lifecycle-destroy-false": Repair({"destroy = false": "destroy = true"}, _QUEUE, _tls("keep")),
    "67-override-adds-prevent-destroy": Repair(
        {"prevent_destroy = true": "prevent_destroy = false"}, beside=_BUCKET_TLS.replace("NAME", "logs")
    ),
    "68-cloudformation-retain": Repair(
        {
            "Type: AWS::S3::Bucket\n        DeletionPolicy: Retain": "Type: AWS::CDK::Metadata\n        DeletionPolicy: Delete"
        }
    ),
    "69-zone-written-out": Repair(
        {'"us-east-1a"': "data.aws_availability_zones.all.names[0]"},
        beside='data "aws_availability_zones" "all" {}\n',
        keeps_names=True,
    ),
    "71-account-as-number": Repair(
        {
            "123456789012": "data.aws_caller_identity.me.account_id",
            '"topic-${local.owner}"': '"topic-${local.owner}-${var.environment_suffix}"\n  kms_master_key_id = aws_kms_key.ours.arn\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sns:*", Resource = "*", '
            + _TLS
            + " }] })",
        },
        beside=_key(),
    ),
    "73-provider-secret-key": Repair(
        {
            '"abcdEFGHijklMNOPqrstUVWXyz0123456789+/ab"': "var.secret_key",
            'variable "key_id" {': 'variable "secret_key" {\n  type      = string\n  sensitive = true\n}\nvariable "key_id" {',
        },
        keeps_names=True,
    ),
    "76-secret-in-tfvars": Repair(
        {
            'db_password = "Tr0ub4dor-and-3"': "",
            "  password = var.db_password": '  password = var.db_password\n  identifier = "db-main"\n  skip_final_snapshot = true\n  delete_automated_backups = true',
        }
    ),
    "77-env-secret-under-neutral-name": Repair(
        {
            '"postgres://feed:${data.aws_secretsmanager_secret_version.db.secret_string}@db/feed"': "data.aws_secretsmanager_secret_version.db.arn"
        },
        {"aws_lambda_function": _RUNS},
        _whole("feed"),
    ),
    "81-sensitive-default": Repair({'  default   = "Tr0ub4dor-and-3"\n': ""}, keeps_names=True),
    "82-region-on-the-resource": Repair(
        {'"eu-west-1"': '"us-east-1"', 'region = "us-east-1"': "region = var.far"},
        _QUEUE,
        _tls("q"),
    ),
    "84-tofu-file-replaces-tf": _group(**{"retention_in_days = 7": "retention_in_days = 30"}),
    "86-tofu-only": _group(**{"retention_in_days = 7": "retention_in_days = 30"}),
    "87-awscc-log-group": Repair(
        {
            "retention_in_days = 7": "retention_in_days = 30\n  kms_key_id = aws_kms_key.ours.arn",
            '"a"\n': '"log-group-a-${var.environment_suffix}"\n',
        },
        beside=_key(),
    ),
    "89-heredoc-with-shell": _group(**{"> 0 ? 7 : 30": "> 0 ? 30 : 7"}),
    "90-heredoc-delimiter-inside": _group(**{'"EOTX") ? 7 : 30': '"EOTX") ? 30 : 7'}),
    "91-empty-heredoc": _group(**{"? 7 : 30": "? 30 : 7"}),
    "92-operators-on-new-lines": _group(**{"{ a = 7, b = 30 }": "{ a = 30, b = 7 }"}),
    "93-conditional-over-lines": _group(**{"? 7\n": "? 30\n", ": 30\n": ": 7\n"}),
    "94-string-conditional": _group(**{'"7" : "30"': '"30" : "7"'}),
    "95-index-over-lines": _group(**{"dev = [7]": "dev = [30]"}),
    "98-tls-on-objects-only": Repair(
        {'Resource = "${aws_s3_bucket.b.arn}/*"': 'Resource = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]'},
        {"aws_s3_bucket": _PRIVATE},
    ),
    "99-tls-only-old-versions": Repair(
        {
            '{ "aws:SecureTransport" = "true" }, NumericLessThan = { "s3:TlsVersion" = "1.2" }': '{ "aws:SecureTransport" = "false" }'
        },
        {"aws_s3_bucket": _PRIVATE},
    ),
}
"""By the name of a field case that owes a failure."""
