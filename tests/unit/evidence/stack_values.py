"""A small stack as an account and a plan show it; every criterion is met but the retention that frameworks ask for."""

from __future__ import annotations

from typing import Any

ARN = "arn:aws:{}:us-east-1:111122223333:{}"
KEY = {"KeyManager": "CUSTOMER", "Enabled": True, "Arn": ARN.format("kms", "key/k-1"), "KeyUsage": "ENCRYPT_DECRYPT"}
TLS_ONLY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:events:us-east-1:111122223333:rule/r"}},
        },
    ],
}
LIVE: dict[str, dict[str, dict[str, Any]]] = {
    "dynamodb": {
        "aws_dynamodb_table.market": {
            "Region": "us-east-1",
            "Table": {"TableName": "table-market-dev", "SSEDescription": {"SSEType": "KMS"}},
            "Backups": {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "ENABLED"}},
            "Key": KEY,
        },
    },
    "s3": {
        "aws_s3_bucket.tiles": {
            "Name": "bucket-tiles-dev",
            "Region": "us-east-1",
            "Policy": TLS_ONLY,
            "PublicAccessBlock": dict.fromkeys(
                ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
            ),
        },
    },
    "lambda": {
        "aws_lambda_function.trade": {
            "Region": "us-east-1",
            "Configuration": {
                "FunctionName": "lambda-trade-dev",
                "Runtime": "python3.11",
                "Timeout": 30,
                "MemorySize": 512,
                "TracingConfig": {"Mode": "Active"},
            },
            "Asynchronous": [{"DestinationConfig": {"OnFailure": {"Destination": ARN.format("sqs", "queue-dlq-dev")}}}],
            "Mappings": [],
            "Policy": {"Statement": TLS_ONLY["Statement"][1:]},
            "LogGroup": {"logGroupName": "/aws/lambda/lambda-trade-dev"},
        },
    },
    "sqs": {
        "aws_sqs_queue.buffer": {
            "Region": "us-east-1",
            "Attributes": {
                "KmsMasterKeyId": "k-1",
                "Policy": TLS_ONLY,
                "RedrivePolicy": {"deadLetterTargetArn": ARN.format("sqs", "queue-dlq-dev")},
            },
            "Consumers": ["m-1"],
        },
    },
    "sns": {
        "aws_sns_topic.alarms": {"Region": "us-east-1", "Attributes": {"KmsMasterKeyId": "k-1", "Policy": TLS_ONLY}},
    },
    "events": {
        "aws_cloudwatch_event_bus.bus": {"Region": "us-east-1", "EventBus": {"Name": "bus-market-data-dev"}},
        "aws_cloudwatch_event_rule.trade": {
            "Region": "us-east-1",
            "Rule": {"State": "ENABLED", "EventPattern": {"source": ["marketdata.kraken"]}},
            "Targets": [{"DeadLetterConfig": {"Arn": ARN.format("sqs", "queue-trade-dlq-dev")}}],
        },
    },
    "scheduler": {
        "aws_scheduler_schedule.seal": {
            "Region": "us-east-1",
            "Schedule": {"Target": {"DeadLetterConfig": {"Arn": ARN.format("sqs", "queue-schedule-dlq-dev")}}},
        },
    },
    "logs": {
        "aws_cloudwatch_log_group.trade": {
            "Region": "us-east-1",
            "LogGroup": {"logGroupName": "/aws/lambda/lambda-trade-dev", "retentionInDays": 30, "kmsKeyId": KEY["Arn"]},
            "Key": KEY,
        },
    },
    "cloudwatch": {
        "aws_cloudwatch_metric_alarm.errors": {
            "Region": "us-east-1",
            "Alarm": {"ActionsEnabled": True, "AlarmActions": [ARN.format("sns", "topic-alarms-dev")]},
        },
    },
    "iam": {
        "aws_iam_role.trade": {
            "Name": "role-trade-dev",
            "Documents": [
                {
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["dynamodb:PutItem"],
                            "Resource": ARN.format("dynamodb", "table/table-market-dev"),
                        },
                        {
                            "Effect": "Allow",
                            "Action": "logs:PutLogEvents",
                            "Resource": [ARN.format("logs", "log-group:/aws/lambda/lambda-trade-dev:*")],
                        },
                        {"Effect": "Allow", "Action": ["xray:PutTraceSegments"], "Resource": "*"},
                    ]
                }
            ],
            "Attached": [],
            "FunctionCount": 1,
        },
    },
    "kms": {
        "aws_kms_key.data": {"Region": "us-east-1", "Key": KEY, "Rotation": {"KeyRotationEnabled": True}},
    },
}
"""Live values, by service and address, that meet every criterion but the retention that frameworks ask for."""
PLAN: dict[str, dict[str, Any]] = {
    "aws_dynamodb_table.market": {
        "name": "table-market-dev",
        "point_in_time_recovery": [{"enabled": True}],
        "server_side_encryption": [{"enabled": True, "kms_key_arn": {"$unknown": True}}],
        "deletion_protection_enabled": None,
    },
    "aws_cloudwatch_log_group.trade": {"retention_in_days": 30, "kms_key_id": {"$unknown": True}},
    "aws_lambda_function.trade": {
        "runtime": "python3.11",
        "timeout": 30,
        "memory_size": 512,
        "tracing_config": [{"mode": "Active"}],
    },
    "aws_kms_key.data": {"enable_key_rotation": True, "key_usage": "ENCRYPT_DECRYPT"},
}
