resource "aws_scheduler_schedule_group" "audit" {
  name = "schedule-group-audit-${var.environment_suffix}"
}

resource "aws_scheduler_schedule" "seal" {
  name                = "schedule-seal-${var.environment_suffix}"
  description         = "Seals the audit log."
  group_name          = aws_scheduler_schedule_group.audit.name
  schedule_expression = "rate(${var.seal_every_minutes} ${var.seal_every_minutes == 1 ? "minute" : "minutes"})"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.sealer.arn
    role_arn = aws_iam_role.schedule.arn

    dead_letter_config {
      arn = aws_sqs_queue.schedule_dlq.arn
    }

    # A run that is a minute late has been overtaken by the next one.
    retry_policy {
      maximum_event_age_in_seconds = 60 * var.seal_every_minutes
      maximum_retry_attempts       = 2
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}

# What the scheduler could not hand over to the sealer.
resource "aws_sqs_queue" "schedule_dlq" {
  name                      = "queue-schedule-dlq-${var.environment_suffix}"
  kms_master_key_id         = var.data_key_arn
  message_retention_seconds = var.dlq_retention_seconds

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AllowSchedule"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.schedule.arn }
        Action    = "sqs:SendMessage"
        Resource  = "${local.queue_arns}:queue-schedule-dlq-${var.environment_suffix}"
      },
      merge(local.deny_plaintext, { Resource = "${local.queue_arns}:queue-schedule-dlq-${var.environment_suffix}" }),
    ]
  })

  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}
