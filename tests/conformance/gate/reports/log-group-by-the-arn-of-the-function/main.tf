resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/aws/lambda/${split(":", aws_lambda_function.f.arn)[6]}"
  retention_in_days = 90
}
