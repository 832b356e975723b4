resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
}

resource "aws_pipes_pipe" "p" {
  name     = "p"
  role_arn = "arn:aws:iam::111122223333:role/p"
  source   = "arn:aws:sqs:us-east-1:111122223333:a"
  target   = aws_lambda_function.f.arn
  target_parameters {
    lambda_function_parameters {
      invocation_type = "FIRE_AND_FORGET"
    }
  }
}
