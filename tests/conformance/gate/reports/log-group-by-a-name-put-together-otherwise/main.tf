variable "suffix" {
  type = string
}
resource "aws_lambda_function" "f" {
  function_name = format("%s-%s", "feeds", var.suffix)
  role          = "arn:aws:iam::123456789012:role/r"
}
resource "aws_cloudwatch_log_group" "g" {
  name              = join("/", ["", "aws", "lambda", "feeds-${var.suffix}"])
  retention_in_days = 90
}
