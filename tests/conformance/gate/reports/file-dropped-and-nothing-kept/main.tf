resource "aws_iam_role" "feed" {
  name = "feed"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "feed" {
  name = "feed"
  role = aws_iam_role.feed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/feed:*" },
    ]
  })
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = aws_iam_role.feed.arn
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  publish       = true
}

resource "aws_s3_bucket" "drops" {
  bucket = "acme-drops"
}

resource "aws_lambda_permission" "drops" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.feed.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.drops.arn
  source_account = "111122223333"
}

resource "aws_s3_bucket_notification" "drops" {
  bucket = aws_s3_bucket.drops.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.feed.arn
    events              = ["s3:ObjectCreated:*"]
  }
  depends_on = [aws_lambda_permission.drops]
}
