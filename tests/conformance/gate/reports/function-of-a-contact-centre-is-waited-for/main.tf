resource "aws_lambda_function" "lookup" {
  function_name = "lookup"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_connect_lambda_function_association" "c" {
  function_arn = aws_lambda_function.lookup.arn
  instance_id  = "aaaaaaaa-bbbb-cccc-dddd-111111111111"
}
