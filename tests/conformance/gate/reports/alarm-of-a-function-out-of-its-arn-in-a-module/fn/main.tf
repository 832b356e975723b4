resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
  role          = "arn:aws:iam::111122223333:role/f"
}
output "arn" { value = aws_lambda_function.f.arn }
