module "logs" {
  source = "./logs"
  name   = "/aws/lambda/${local.name}"
}
locals {
  name = "feeds"
}
resource "aws_lambda_function" "f" {
  function_name = local.name
  role          = "arn:aws:iam::123456789012:role/r"
}
