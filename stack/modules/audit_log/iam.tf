resource "aws_iam_role" "sealer" {
  name        = "role-lambda-${local.purpose}"
  description = "What the sealer may do; the only role that may sign."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AllowLambda"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "sealer" {
  name = "policy-lambda-${local.purpose}"
  role = aws_iam_role.sealer.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadEntriesWriteHead"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
        Resource = [aws_dynamodb_table.audit.arn]
      },
      {
        Sid      = "SignCheckpoint"
        Effect   = "Allow"
        Action   = ["kms:GetPublicKey", "kms:Sign"]
        Resource = [for generation in var.checkpoint_key_generations : aws_kms_key.checkpoint[generation].arn]
      },
      {
        # Without it S3 answers "forbidden" instead of "not there", which is how the first run finds an empty log.
        Sid      = "TellWhetherAnObjectExists"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [aws_s3_bucket.tiles.arn]
      },
      {
        # Tiles are addressed by level and index, which grow with the log (C2SP tlog-tiles).
        Sid    = "PublishTiles"
        Effect = "Allow"
        Action = ["s3:GetObject", "s3:PutObject"]
        Resource = [
          "${aws_s3_bucket.tiles.arn}/checkpoint",
          "${aws_s3_bucket.tiles.arn}/tile/*",
        ]
      },
      {
        Sid      = "UseDataKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [var.data_key_arn]
      },
      {
        Sid      = "KeepFailures"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.sealer_dlq.arn]
      },
      {
        # Streams are made at run time, so their names cannot be known.
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.sealer.arn}:*"]
      },
      {
        # X-Ray has no resource to name for these actions (Service Authorization Reference, "AWS X-Ray").
        Sid      = "WriteTraces"
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = ["*"]
      },
    ]
  })
}

resource "aws_iam_role" "schedule" {
  name        = "role-schedule-seal-${var.environment_suffix}"
  description = "Lets the schedule invoke the sealer."

  # The scheduler names the schedule's group, not the schedule (EventBridge Scheduler User Guide, "Confused deputy").
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AllowSchedule"
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = var.account.id
          "aws:SourceArn"     = aws_scheduler_schedule_group.audit.arn
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  name = "policy-schedule-seal-${var.environment_suffix}"
  role = aws_iam_role.schedule.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "InvokeSealer"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [aws_lambda_alias.sealer.arn]
      },
      {
        Sid      = "KeepFailures"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.schedule_dlq.arn]
      },
      {
        Sid      = "UseDataKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [var.data_key_arn]
      },
    ]
  })
}
