resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      NEW_RELIC_LICENSE_KEY = "52ec8275f9d7da48b22a7b7ac77a9b7f2cadNRAL"
    }
  }
}
