resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_kinesis_firehose_delivery_stream" "own" {
  name        = "own"
  destination = "iceberg"
  iceberg_configuration {
    role_arn    = "arn:aws:iam::111122223333:role/feed"
    catalog_arn = "arn:aws:glue:us-east-1:111122223333:catalog"
    processing_configuration {
      enabled = true
      processors {
        type = "Lambda"
        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = "${aws_lambda_function.feed.arn}:$LATEST"
        }
      }
    }
  }
}
