resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_appsync_datasource" "l" {
  api_id           = "a"
  name             = "l"
  type             = "AWS_LAMBDA"
  service_role_arn = "arn:aws:iam::111122223333:role/a"
  lambda_config {
    function_arn = aws_lambda_function.feed.arn
  }
}
resource "aws_appsync_resolver" "r" {
  api_id      = "a"
  type        = "Query"
  field       = "f"
  data_source = aws_appsync_datasource.l.name
  code        = "export function request(ctx) { return { operation: 'Invoke', invocationType: 'RequestResponse' }; }"
}
