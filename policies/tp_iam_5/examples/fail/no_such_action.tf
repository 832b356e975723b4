# aws-cloudformation/cfn-lint#1117: a service that is misspelt.
resource "aws_iam_role_policy" "trade" {
  role = "trade"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["dyanmodb:PutItem", "dynamodb:GetItem"] # expect: fail
      Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/market"
    }]
  })
}

# duo-labs/parliament#186: a call that is no action.
data "aws_iam_policy_document" "reads" {
  statement {
    actions   = ["s3:HeadBucket"] # expect: fail
    resources = ["arn:aws:s3:::tapes"]
  }
}

# prowler-cloud/prowler#825, and a Deny that denies nothing.
resource "aws_iam_policy" "watch" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "dax:ListTables", Resource = "*" },                 # expect: fail
      { Effect = "Deny", Action = "s3:DeleteBucketOwnershipControls", Resource = "*" } # expect: fail
    ]
  })
}

# iann0036/iamlive#89, in a policy on a resource.
resource "aws_sqs_queue_policy" "in" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/123456789012/in"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "123456789012" }
      Action    = "sqs:SendMessages" # expect: fail
      Resource  = "arn:aws:sqs:us-east-1:123456789012:in"
    }]
  })
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "123456789012" }
      Action    = ["kms:Decrypted*", "kms:Encrypt"] # expect: fail
      Resource  = "*"
    }]
  })
}

locals {
  service = "event"
}

resource "aws_iam_group_policy" "desk" {
  group = "desk"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "${local.service}:PutEvents", Resource = "arn:aws:events:us-east-1:123456789012:event-bus/b" }] # expect: fail
  })
}

resource "aws_iam_role" "trade" {
  name = "trade"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] # expect: fail
  })
}
