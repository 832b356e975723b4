variable "region" {}
variable "keep" {}
resource "aws_lambda_function" "f" {
  region        = var.region
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_lambda_function_event_invoke_config" "c" {
  count         = var.keep ? 1 : 0
  region        = var.region
  function_name = aws_lambda_function.f.function_name
  destination_config {
    on_failure { destination = "arn:aws:sqs:${var.region}:111122223333:d" }
  }
}
