resource "aws_iam_access_key" "robot" {
  user = "robot"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { K = aws_iam_access_key.robot.secret }
  }
}
