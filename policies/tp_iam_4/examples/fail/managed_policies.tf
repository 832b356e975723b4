resource "aws_iam_role" "trade" {
  name                = "trade"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"] # expect: fail
}

resource "aws_iam_role_policy_attachment" "basic" {
  role       = aws_iam_role.trade.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" # expect: fail
}

resource "aws_iam_user_policy" "analyst" { # expect: fail
  user   = "analyst"
  policy = "{}"
}
