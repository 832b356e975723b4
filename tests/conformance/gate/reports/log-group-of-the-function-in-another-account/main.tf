provider "aws" {
  region = "us-east-1"
  assume_role { role_arn = "arn:aws:iam::111122223333:role/deployer" }
}
provider "aws" {
  alias  = "audit"
  region = "us-east-1"
  assume_role { role_arn = "arn:aws:iam::444455556666:role/deployer" }
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_cloudwatch_log_group" "g" {
  provider = aws.audit
  name     = "/aws/lambda/f"
}
