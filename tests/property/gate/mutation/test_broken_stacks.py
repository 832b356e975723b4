"""Our stack, broken so that an event, a log line, a backup or a permission does not do what it says: each has its policy.

The first eight are those that the gate once passed; the others were thought of afterwards, none taken from a table of the
gate's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.property.gate.mutation.workshop import Workshop

pytestmark = pytest.mark.long

STACK = Path("stack")
PROCESSOR = STACK / "modules" / "processor"
AUDIT = STACK / "modules" / "audit_log"
ALARMS = STACK / "modules" / "observability"
BUS = STACK / "modules" / "event_bus" / "main.tf"
MARKET = STACK / "modules" / "market_store" / "main.tf"
ADDED = PROCESSOR / "added.tf"
RULE, ROLE, QUEUES, FUNCTION = (PROCESSOR / f"{name}.tf" for name in ("rule", "iam", "queues", "main"))
KEYS = STACK / "modules" / "market_data_system" / "keys.tf"
TABLE, TILES, SCHEDULE, SEALER = (AUDIT / f"{name}.tf" for name in ("table", "tiles", "schedule", "sealer"))
PITR = "point_in_time_recovery {\n    enabled = true\n  }"


class Broken(NamedTuple):
    """One way to break the stack.

    Attributes:
        name: What no longer holds.
        policy: Who must notice.
        file: The file that is changed, or added.
        before: What stands there; empty for a file that is added.
        after: What takes its place.
    """

    name: str
    policy: str
    file: Path
    before: str
    after: str


BROKEN = [
    Broken(
        "a role has every right by a policy of AWS",
        "TP_IAM_4",
        ADDED,
        "",
        'resource "aws_iam_role_policy_attachment" "all" {\n  role       = aws_iam_role.function.name\n'
        '  policy_arn = "arn:${var.account.partition}:iam::aws:policy/AdministratorAccess"\n}\n',
    ),
    Broken(
        "a target is on the default bus", "TP_EVT_1", RULE, "  event_bus_name = var.event_bus_name\n  rule ", "  rule "
    ),
    Broken(
        "every rule is switched off",
        "TP_EVT_1",
        RULE,
        "  event_pattern  = each.value",
        '  event_pattern  = each.value\n  state = "DISABLED"',
    ),
    Broken(
        "a dead-letter queue refuses its source",
        "TP_DLQ_3",
        QUEUES,
        'redrivePermission = "byQueue"',
        'redrivePermission = "denyAll"',
    ),
    Broken(
        "the key does not admit EventBridge",
        "TP_DLV_1",
        KEYS,
        'Service = "events.amazonaws.com"',
        'Service = "s3.amazonaws.com"',
    ),
    Broken(
        "a function may not write its log",
        "TP_DLV_6",
        ROLE,
        '"logs:CreateLogStream", "logs:PutLogEvents"',
        '"logs:CreateLogStream"',
    ),
    Broken(
        "a function has a public URL",
        "TP_IAM_3",
        ADDED,
        "",
        'resource "aws_lambda_function_url" "open" {\n  function_name      = aws_lambda_function.this.function_name\n'
        '  authorization_type = "NONE"\n}\n',
    ),
    Broken(
        "logs are delivered and not kept",
        "TP_LOG_1",
        SEALER,
        "  retention_in_days = var",
        '  log_group_class = "DELIVERY"\n  retention_in_days = var',
    ),
    # Backups and tables.
    Broken("the audit table has no recovery", "TP_DDB_1", TABLE, PITR, PITR.replace("true", "false")),
    Broken(
        "recovery reaches back a week",
        "TP_DDB_1",
        MARKET,
        PITR,
        PITR.replace("true", "true\n    recovery_period_in_days = 7"),
    ),
    Broken(
        "recovery may be switched off by hand",
        "TP_DDB_1",
        TABLE,
        PITR,
        PITR + "\n  lifecycle {\n    ignore_changes = [point_in_time_recovery]\n  }",
    ),
    Broken(
        "recovery hangs on a list that is empty",
        "TP_DDB_1",
        MARKET,
        PITR,
        'dynamic "point_in_time_recovery" {\n    for_each = toset([])\n    content {\n      enabled = true\n    }\n  }',
    ),
    Broken(
        "a table's key is taken away", "TP_DDB_2", TABLE, "    kms_key_arn = var.data_key_arn", "    kms_key_arn = null"
    ),
    Broken(
        "a table's encryption is off and its key stays",
        "TP_DDB_2",
        MARKET,
        "    enabled     = true",
        "    enabled     = false",
    ),
    Broken(
        "a copy of a table is abroad",
        "TP_REG_1",
        MARKET,
        PITR,
        PITR + '\n  replica {\n    region_name            = "eu-west-1"\n    point_in_time_recovery = true\n  }',
    ),
    Broken(
        "the audit table outlives the stack",
        "TP_DST_2",
        TABLE,
        "deletion_protection_enabled = false",
        "deletion_protection_enabled = true",
    ),
    Broken("the tiles outlive the stack", "TP_DST_2", TILES, "force_destroy = true", "force_destroy = false"),
    Broken(
        "the audit table cannot be destroyed",
        "TP_DST_1",
        TABLE,
        PITR,
        PITR + "\n  lifecycle {\n    prevent_destroy = true\n  }",
    ),
    # Events that failed.
    Broken(
        "failures of the alias are not kept", "TP_DLQ_1", RULE, 'toset(["$LATEST", local.alias])', 'toset(["$LATEST"])'
    ),
    Broken(
        "failures go to a queue that is first in, first out",
        "TP_DLQ_1",
        QUEUES,
        '"queue-${var.name}-dlq-${var.environment_suffix}"\n  kms',
        '"queue-${var.name}-dlq-${var.environment_suffix}.fifo"\n  fifo_queue = true\n  kms',
    ),
    Broken(
        "what cannot be delivered is discarded",
        "TP_DLQ_2",
        RULE,
        "  dead_letter_config {\n    arn = aws_sqs_queue.target_dlq.arn\n  }\n",
        "",
    ),
    Broken(
        "the dead-letter queue admits another rule",
        "TP_DLV_2",
        QUEUES,
        '{ "aws:SourceArn" = local.rule_arns }',
        '{ "aws:SourceArn" = "${local.rule_arns}-old" }',
    ),
    Broken(
        "the buffer drops what fails",
        "TP_DLQ_3",
        QUEUES,
        "  redrive_policy = jsonencode({\n    deadLetterTargetArn = aws_sqs_queue.dlq.arn\n    maxReceiveCount     = var.batch.max_receive_count\n  })\n",
        "",
    ),
    Broken(
        "the schedule may not use the key of its queue",
        "TP_DLV_2",
        AUDIT / "iam.tf",
        '        Sid      = "UseDataKey"\n        Effect   = "Allow"\n        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]\n        Resource = [var.data_key_arn]\n      },\n    ]',
        '        Sid      = "UseDataKey"\n        Effect   = "Allow"\n        Action   = ["kms:Decrypt"]\n        Resource = [var.data_key_arn]\n      },\n    ]',
    ),
    Broken(
        "dead letters are kept for a minute",
        "TP_DLV_2",
        QUEUES,
        "message_retention_seconds = var.dlq_retention_seconds\n\n  policy = jsonencode({\n    Version   =",
        "message_retention_seconds = 60\n\n  policy = jsonencode({\n    Version   =",
    ),
    # Events under way.
    Broken(
        "a function that takes messages is not asked to",
        "TP_EVT_1",
        QUEUES,
        "  batch_size  ",
        "  enabled = false\n  batch_size  ",
    ),
    Broken("the sealer is not scheduled", "TP_EVT_1", SCHEDULE, "  group_name ", '  state = "DISABLED"\n  group_name '),
    Broken(
        "a rule asks for nothing that can come",
        "TP_EVT_1",
        RULE,
        "  event_pattern  = each.value",
        '  event_pattern  = jsonencode({ source = ["aws.ec2"] })',
    ),
    Broken(
        "a message shows again while it is worked on",
        "TP_RUN_2",
        QUEUES,
        "visibility_timeout_seconds = local.visibility_timeout_seconds",
        "visibility_timeout_seconds = 1",
    ),
    Broken(
        "a message shows again before a throttled try",
        "TP_DLV_5",
        FUNCTION,
        "6 * var.function.timeout_s",
        "2 * var.function.timeout_s",
    ),
    Broken("a function never runs", "TP_RUN_2", SEALER, "coalesce(var.function.reserved_concurrency, -1)", "0"),
    Broken(
        "a permission is for the version that is not called",
        "TP_DLV_1",
        RULE,
        "  qualifier      = aws_lambda_alias.live.name\n",
        "",
    ),
    Broken(
        "the alarm's topic does not admit alarms",
        "TP_DLV_1",
        ALARMS / "main.tf",
        '"cloudwatch.amazonaws.com"',
        '"events.amazonaws.com"',
    ),
    Broken(
        "a topic's subscriber loses what it misses",
        "TP_DLQ_2",
        ADDED,
        "",
        'resource "aws_sns_topic_subscription" "lost" {\n  topic_arn = "arn:${var.account.partition}:sns:${var.account.region}:${var.account.id}:t"\n  protocol  = "sqs"\n  endpoint  = aws_sqs_queue.dlq.arn\n}\n',
    ),
    # Logs and alarms.
    Broken(
        "logs are kept for a week",
        "TP_LOG_1",
        FUNCTION,
        "retention_in_days = var.log_retention_days",
        "retention_in_days = min(var.log_retention_days, 7)",
    ),
    Broken(
        "a function logs where nothing is declared",
        "TP_LOG_2",
        FUNCTION,
        "    log_group  = aws_cloudwatch_log_group.this.name\n",
        '    log_group  = "/aws/lambda/lambda-${var.name}"\n',
    ),
    Broken("a log has no key", "TP_LOG_3", SEALER, "  kms_key_id        = var.data_key_arn\n", ""),
    Broken(
        "the key does not admit the logs",
        "TP_DLV_6",
        KEYS,
        '{ ArnLike = { "kms:EncryptionContext:aws:logs:arn" = local.log_group_arns } }',
        '{ ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "${local.log_group_arns}-old" } }',
    ),
    Broken(
        "alarms tell nobody",
        "TP_OBS_1",
        ALARMS / "main.tf",
        'notify = [aws_sns_topic.this["alarms"].arn]',
        "notify = []",
    ),
    Broken(
        "alarms are muted",
        "TP_OBS_1",
        ALARMS / "alarms_functions.tf",
        "  alarm_actions       = local.notify",
        "  actions_enabled     = false\n  alarm_actions       = local.notify",
    ),
    # Permissions.
    Broken(
        "a role may write to every table", "TP_IAM_2", ROLE, "Resource = [var.market_table_arn]", 'Resource = ["*"]'
    ),
    Broken(
        "a role may do all to a table",
        "TP_IAM_1",
        ROLE,
        '["dynamodb:PutItem"]\n          Resource = [var.market',
        '["dynamodb:*"]\n          Resource = [var.market',
    ),
    Broken(
        "a role may do what no service has",
        "TP_IAM_5",
        ROLE,
        '["dynamodb:PutItem"]\n          Resource = [var.market',
        '["dynamodb:PutItems"]\n          Resource = [var.market',
    ),
    Broken(
        "a function may write its own rights",
        "TP_IAM_6",
        ROLE,
        '["dynamodb:PutItem"]\n          Resource = [var.market_table_arn]',
        '["iam:PutRolePolicy"]\n          Resource = [aws_iam_role.function.arn]',
    ),
    Broken(
        "a function may close its key",
        "TP_SOD_1",
        ROLE,
        '["kms:Decrypt", "kms:GenerateDataKey"]',
        '["kms:Decrypt", "kms:GenerateDataKey", "kms:DisableKey"]',
    ),
    Broken("anyone may become the sealer", "TP_IAM_3", AUDIT / "iam.tf", '{ Service = "lambda.amazonaws.com" }', '"*"'),
    Broken(
        "any customer's rule may call a function",
        "TP_IAM_3",
        RULE,
        "  source_account = var.account.id\n  source_arn     = aws_cloudwatch_event_rule.this[each.key].arn\n",
        "",
    ),
    Broken(
        "plain HTTP is refused for objects only",
        "TP_NET_1",
        TILES,
        'Resource  = [aws_s3_bucket.tiles.arn, "${aws_s3_bucket.tiles.arn}/*"]',
        'Resource  = "${aws_s3_bucket.tiles.arn}/*"',
    ),
    Broken(
        "TLS is refused instead of plain HTTP",
        "TP_NET_1",
        QUEUES,
        '{ "aws:SecureTransport" = "false" }',
        '{ "aws:SecureTransport" = "true" }',
    ),
    Broken(
        "a bucket may be made public",
        "TP_NET_1",
        TILES,
        "restrict_public_buckets = true",
        "restrict_public_buckets = false",
    ),
    Broken(
        "a key stands in an environment",
        "TP_VAL_2",
        FUNCTION,
        "      ROUTE                   = var.name",
        '      ROUTE                   = var.name\n      FEED                    = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"',
    ),
    Broken("the runtime is another", "TP_RUN_1", SEALER, "= var.function.runtime", '= "python3.8"'),
]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.chdir(tmp_path)
    return Workshop.set_up(tmp_path)


def test_each_way_to_break_the_stack_is_noticed_by_its_policy(workshop: Workshop) -> None:
    missed = []
    for broken in BROKEN:
        before = workshop.text(broken.file) if broken.before else ""
        assert broken.before in before, f"{broken.name}: {broken.file} no longer says {broken.before!r}"
        text = before.replace(broken.before, broken.after) if broken.before else broken.after
        verdicts = {result.verdict for result in workshop.judged([broken.policy], {broken.file: text})}
        if "fail" not in verdicts:
            missed.append(f"{broken.name}: {broken.policy} says {sorted(verdicts)}")
    assert not missed
