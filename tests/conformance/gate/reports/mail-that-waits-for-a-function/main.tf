resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_ses_receipt_rule" "r" {
  for_each      = toset(["sales", "help"])
  name          = each.key
  rule_set_name = "main"
  recipients    = ["${each.key}@example.com"]
  enabled       = true
  lambda_action {
    function_arn    = aws_lambda_function.f.arn
    invocation_type = "RequestResponse"
    position        = 1
  }
}
