# function without logs | literal | TP_LOG_2 | +1
resource "aws_lambda_function" "mutated" {
  function_name = "lambda-mutated-${var.environment_suffix}"
  role          = aws_iam_role.function.arn
}
