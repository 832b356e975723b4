resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/trade"
}

data "aws_iam_policy_document" "trade" {
  statement {
    actions   = ["xray:PutTraceSegments", "dynamodb:PutItem"]
    resources = ["*"] # expect: fail
  }
  statement {
    actions   = ["logs:CreateLogStream"]
    resources = ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/*:*"] # expect: fail
  }
  statement {
    actions   = ["logs:DeleteLogGroup"]
    resources = ["${aws_cloudwatch_log_group.trade.arn}:*"] # expect: fail
  }
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::tiles*"] # expect: fail
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["failed-queue"] # expect: fail
  }
}

resource "aws_iam_policy" "trade" {
  policy = data.aws_iam_policy_document.trade.json
}
