resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
}

resource "aws_sfn_state_machine" "m" {
  name       = "m"
  role_arn   = "arn:aws:iam::111122223333:role/m"
  definition = templatefile("${path.module}/m.json", { f = aws_lambda_function.f.arn })
}
