provider "aws" { region = "us-east-1" }
resource "aws_lambda_function" "f" {
  region        = "us-east-1"
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_cloudwatch_log_group" "g" {
  name = "/aws/lambda/f"
}
