resource "aws_iam_access_key" "mail" {
  user = "mail"
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  environment {
    variables = { SMTP_LOGIN = aws_iam_access_key.mail.ses_smtp_password_v4 }
  }
}
