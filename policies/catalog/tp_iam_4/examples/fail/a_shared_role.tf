resource "aws_iam_role" "shared" {
  name               = "shared"
  assume_role_policy = "{}"
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  role          = aws_iam_role.shared.arn # expect: fail
}

resource "aws_lambda_function" "quote" {
  function_name = "quote"
  role          = aws_iam_role.shared.arn # expect: fail
}
