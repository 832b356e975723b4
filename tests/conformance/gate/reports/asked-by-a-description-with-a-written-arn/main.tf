resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_api_gateway_rest_api" "r" {
  name              = "r"
  put_rest_api_mode = "merge"
  body              = file("${path.module}/o.json")
}
