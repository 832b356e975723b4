provider "aws" { region = "us-east-1" }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_lambda_function_event_invoke_config" "c" {
  region        = "us-west-2"
  function_name = "f"
  destination_config {
    on_failure { destination = "arn:aws:sqs:us-west-2:111122223333:d" }
  }
}
