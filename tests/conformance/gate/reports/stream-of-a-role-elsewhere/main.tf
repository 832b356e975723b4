data "aws_caller_identity" "own" {}

resource "aws_kinesis_resource_policy" "x" {
  resource_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::444455556666:role/consumer" }, Action = ["kinesis:GetRecords"], Resource = "arn:aws:kinesis:us-east-1:111122223333:stream/feeds" },
    ]
  })
}
