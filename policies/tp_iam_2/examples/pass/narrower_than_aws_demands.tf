# trivy#5114, and AWS's own examples: an ARN that stands for less than one that is accepted.
resource "aws_s3_bucket" "logs" {
  bucket = "bucket-logs"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "trade"
}

data "aws_iam_policy_document" "narrow" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.logs.arn}/*/*.log", "arn:aws:s3:::bucket-logs/year=*/month=??/*"]
  }
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/AWSLogs/*/flow/*"]
  }
  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.trade.arn}:log-stream:eu-*", "${aws_cloudwatch_log_group.trade.arn}:*"]
  }
  statement {
    actions   = ["cloudwatch:DescribeAlarms"]
    resources = ["arn:aws:cloudwatch:us-east-1:111122223333:alarm:trade-*"]
  }
}
