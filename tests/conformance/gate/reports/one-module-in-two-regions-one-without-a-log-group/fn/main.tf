variable "region" {}
variable "log" {}
resource "aws_lambda_function" "f" {
  region        = var.region
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_cloudwatch_log_group" "g" {
  count  = var.log ? 1 : 0
  region = var.region
  name   = "/aws/lambda/f"
}
