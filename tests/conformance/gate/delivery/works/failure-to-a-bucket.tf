# What failed goes to a bucket.
# Source: aws/aws-cdk, pull request 31709.

resource "aws_s3_bucket" "done" {
  bucket = "done"
}

resource "aws_iam_role_policy" "done" {
  name = "done"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.done.arn}/*" },
      { Effect = "Allow", Action = "s3:ListBucket", Resource = aws_s3_bucket.done.arn },
    ]
  })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_s3_bucket.done.arn
    }
  }
}
