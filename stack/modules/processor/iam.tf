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

resource "aws_iam_role" "function" {
  name                 = "role-lambda-${local.purpose}"
  description          = "What the function of the ${var.name} route may do."
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

resource "aws_iam_role_policy" "function" {
  name = "policy-lambda-${local.purpose}"
  role = aws_iam_role.function.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "WriteRecords"
          Effect   = "Allow"
          Action   = ["dynamodb:PutItem"]
          Resource = [var.market_table_arn]
        },
        {
          # Its own lanes, and the hours' lists of lanes; never the sealer's partition, which holds the head of the log.
          Sid       = "WriteEntries"
          Effect    = "Allow"
          Action    = ["dynamodb:PutItem"]
          Resource  = [var.audit_table_arn]
          Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["L#??????????.lambda-${local.purpose}.*", "E#??????????#?"] } }
        },
        {
          # DynamoDB and SQS decrypt their own keys as the caller; only a sender of messages makes new ones.
          Sid      = "UseDataKey"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = [var.data_key_arn]
        },
        {
          # Streams are made at run time, so their names cannot be known.
          Sid      = "WriteLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
        },
        {
          # X-Ray has no resource to name for these actions (Service Authorization Reference, "AWS X-Ray").
          Sid      = "WriteTraces"
          Effect   = "Allow"
          Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
          Resource = ["*"]
        },
        {
          Sid      = "KeepFailures"
          Effect   = "Allow"
          Action   = ["sqs:SendMessage"]
          Resource = [aws_sqs_queue.dlq.arn]
        },
      ],
      # Both ways of delivery stay open, because events of either may still be under way after a change.
      [for queue in aws_sqs_queue.buffer : {
        Sid      = "ReadBuffer"
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = [queue.arn]
      }],
      # In a VPC, Lambda makes and removes network interfaces by this role, and the function itself may not (AWS Lambda
      # Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC").
      [for statement in local.vpc_statements : statement if var.function.vpc != null],
    )
  })
}
