locals {
  vpc_statements = [
    {
      Sid      = "AttachToVpc"
      Effect   = "Allow"
      Action   = ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"]
      Resource = ["arn:${var.account.partition}:ec2:${var.account.region}:${var.account.id}:*/*"]
    },
    {
      # Lists have no resource to name (Service Authorization Reference, "Amazon EC2").
      Sid      = "DescribeVpc"
      Effect   = "Allow"
      Action   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      Resource = ["*"]
    },
    {
      Sid       = "NotFromCode"
      Effect    = "Deny"
      Action    = ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"]
      Resource  = ["*"]
      Condition = { ArnEquals = { "lambda:SourceFunctionArn" = "arn:${var.account.partition}:lambda:${var.account.region}:${var.account.id}:function:lambda-${local.purpose}" } }
    },
  ]
}

resource "aws_iam_role" "sealer" {
  name                 = "role-lambda-${local.purpose}"
  description          = "What the sealer may do; the only role that may sign."
  path                 = var.roles.path
  permissions_boundary = var.roles.permissions_boundary_arn

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
    Statement = concat([
      {
        Sid      = "ReadEntries"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = [aws_dynamodb_table.audit.arn]
      },
      {
        # Head, checkpoints and control leaves; entries are for the processors to write.
        Sid       = "WriteHead"
        Effect    = "Allow"
        Action    = ["dynamodb:PutItem"]
        Resource  = [aws_dynamodb_table.audit.arn]
        Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["C"] } }
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
      ],
      # Whoever may give the role to a function of their own cannot sign by it. A key's policy cannot say so: the source
      # function is known to identity policies only (AWS Lambda Developer Guide, "Using source function ARN").
      var.sign_from_function_only ? [{
        Sid       = "SignFromOwnFunctionOnly"
        Effect    = "Deny"
        Action    = ["kms:Sign"]
        Resource  = [for generation in var.checkpoint_key_generations : aws_kms_key.checkpoint[generation].arn]
        Condition = { ArnNotEquals = { "lambda:SourceFunctionArn" = "arn:${var.account.partition}:lambda:${var.account.region}:${var.account.id}:function:lambda-${local.purpose}" } }
      }] : [],
      # In a VPC, Lambda makes and removes network interfaces by this role, and the function itself may not (AWS Lambda
      # Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC").
      [for statement in local.vpc_statements : statement if var.function.vpc != null],
    )
  })
}

resource "aws_iam_role" "schedule" {
  name                 = "role-schedule-seal-${var.environment_suffix}"
  description          = "Lets the schedule invoke the sealer."
  path                 = var.roles.path
  permissions_boundary = var.roles.permissions_boundary_arn

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
