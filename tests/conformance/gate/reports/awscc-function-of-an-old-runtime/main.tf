resource "awscc_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  runtime       = "python3.8"
  handler       = "a.handler"
  code          = { s3_bucket = "code", s3_key = "a.zip" }
}
