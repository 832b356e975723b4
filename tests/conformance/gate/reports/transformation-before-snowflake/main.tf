resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_kinesis_firehose_delivery_stream" "own" {
  name        = "own"
  destination = "snowflake"
  snowflake_configuration {
    account_url = "https://acme.snowflakecomputing.com"
    database    = "feeds"
    schema      = "public"
    table       = "trades"
    role_arn    = "arn:aws:iam::111122223333:role/feed"
    processing_configuration {
      enabled = true
      processors {
        type = "Lambda"
        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.feed.arn
        }
      }
    }
  }
}
