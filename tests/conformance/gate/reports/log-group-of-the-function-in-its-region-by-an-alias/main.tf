provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
resource "aws_lambda_function" "f" {
  provider      = aws.west
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_cloudwatch_log_group" "g" {
  provider = aws.west
  name     = "/aws/lambda/f"
}
