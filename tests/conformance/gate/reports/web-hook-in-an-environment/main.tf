resource "aws_lambda_function" "alert" {
  function_name = "alert"
  role          = "arn:aws:iam::111122223333:role/alert"
  filename      = "a.zip"
  environment {
    variables = { CHANNEL = "https://hooks.slack.com/services/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" }
  }
}
