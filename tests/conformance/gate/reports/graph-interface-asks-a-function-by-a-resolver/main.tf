resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "nodejs18.x"
  filename      = "f.zip"
}
resource "aws_appsync_graphql_api" "g" {
  name                = "g"
  authentication_type = "AWS_LAMBDA"
  lambda_authorizer_config { authorizer_uri = aws_lambda_function.f.arn }
}
resource "aws_appsync_datasource" "d" {
  api_id           = aws_appsync_graphql_api.g.id
  name             = "d"
  type             = "AWS_LAMBDA"
  service_role_arn = "arn:aws:iam::123456789012:role/r"
  lambda_config { function_arn = aws_lambda_function.f.arn }
}
resource "aws_appsync_resolver" "r" {
  for_each    = toset(["getOrder", "listOrders"])
  api_id      = aws_appsync_graphql_api.g.id
  type        = "Query"
  field       = each.key
  data_source = aws_appsync_datasource.d.name
}
