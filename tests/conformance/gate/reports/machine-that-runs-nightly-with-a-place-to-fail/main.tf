provider "aws" { region = "us-east-1" }
variable "environment_suffix" { type = string }
data "aws_caller_identity" "me" {}
resource "aws_sfn_state_machine" "nightly" {
  name     = "machine-nightly-${var.environment_suffix}"
  role_arn = aws_iam_role.machine.arn
  type     = "STANDARD"
  definition = jsonencode({
    StartAt = "Load"
    States = {
      Load = { Type = "Task", Resource = "arn:aws:states:::dynamodb:putItem", Parameters = { TableName = aws_dynamodb_table.t.name, Item = { id = { S = "x" } } }, End = true }
    }
  })
}
resource "aws_iam_role" "machine" {
  name               = "role-machine-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.trust["states"].json
}
resource "aws_iam_role" "schedule" {
  name               = "role-schedule-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.trust["scheduler"].json
}
data "aws_iam_policy_document" "trust" {
  for_each = toset(["states", "scheduler"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
}
resource "aws_iam_role_policy" "machine" {
  role = aws_iam_role.machine.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:PutItem"], Resource = [aws_dynamodb_table.t.arn] }]
  })
}
resource "aws_iam_role_policy" "schedule" {
  role = aws_iam_role.schedule.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "states:StartExecution", Resource = aws_sfn_state_machine.nightly.arn },
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.lost.arn },
    ]
  })
}
resource "aws_sqs_queue" "lost" {
  name                    = "queue-lost-${var.environment_suffix}"
  sqs_managed_sse_enabled = true
}
resource "aws_sqs_queue_policy" "lost" {
  queue_url = aws_sqs_queue.lost.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Tls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.lost.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
resource "aws_scheduler_schedule_group" "g" { name = "group-nightly-${var.environment_suffix}" }
resource "aws_scheduler_schedule" "nightly" {
  name                         = "schedule-nightly-${var.environment_suffix}"
  group_name                   = aws_scheduler_schedule_group.g.name
  schedule_expression          = "cron(30 1 ? * TUE-SAT *)"
  schedule_expression_timezone = "America/New_York"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = aws_sfn_state_machine.nightly.arn
    role_arn = aws_iam_role.schedule.arn
    input    = jsonencode({ day = "<aws.scheduler.scheduled-time>" })
    dead_letter_config { arn = aws_sqs_queue.lost.arn }
    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 5
    }
  }
}
resource "aws_dynamodb_table" "t" {
  name         = "table-loads-${var.environment_suffix}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = true }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.t.arn
  }
}
resource "aws_kms_key" "t" {
  enable_key_rotation     = true
  deletion_window_in_days = 7
}
