resource "aws_lambda_function" "audit" {
  function_name = "audit"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_sfn_state_machine" "m" {
  name     = "m"
  role_arn = "arn:aws:iam::123456789012:role/r"
  definition = templatefile("${path.module}/m.asl.json", { audit = aws_lambda_function.audit.arn })
}
