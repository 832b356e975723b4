resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      BASIC_AUTH_USERS = "admin:$2y$05$Kfo0SgjP4nnsq2HY3vjiyNGRlhYK0IjFCikAXBrbWHoggZoRYztoV"
    }
  }
}
