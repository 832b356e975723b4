# Lambda writes to the log group of its own region; one of the same name elsewhere stays empty.
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

resource "aws_lambda_function" "trade" { # expect: fail
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_log_group" "trade" {
  provider = aws.frankfurt
  name     = "/aws/lambda/trade"
}
