variable "region" { type = string }
provider "aws" { region = var.region }
provider "aws" {
  alias  = "second"
  region = "us-east-1"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_cloudwatch_log_group" "g" {
  provider = aws.second
  name     = "/aws/lambda/f"
}
