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
locals {
  fields = {
    save = { source = aws_appsync_datasource.l.name, request = jsonencode({ version = "2018-05-29", operation = "Invoke", invocationType = "Event", payload = {} }) }
    load = { source = aws_appsync_datasource.l.name, request = jsonencode({ version = "2018-05-29", operation = "Invoke", payload = {} }) }
  }
}
resource "aws_appsync_resolver" "r" {
  for_each         = local.fields
  api_id           = "a"
  type             = "Mutation"
  field            = each.key
  data_source      = each.value.source
  request_template = each.value.request
}
