data "aws_iam_policy_document" "trade" {
  statement {
    actions   = ["dynamodb:PutItem", "DynamoDB:getitem", "sqs:*", "ec2:Describe?pcs"]
    resources = ["*"]
  }
  statement {
    effect      = "Deny"
    not_actions = ["iam:*", "sts:AssumeRole"]
    resources   = ["*"]
  }
}

resource "aws_vpclattice_auth_policy" "prices" {
  resource_identifier = "arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-prices"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "vpc-lattice-svcs:Invoke", Resource = "*" }]
  })
}

resource "aws_iot_policy" "sensor" {
  name   = "sensor"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["iot:Connect", "iot:Publish"], Resource = "*" }] })
}

resource "aws_iam_role" "trade" {
  name = "trade"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole", "sts:TagSession"], Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
