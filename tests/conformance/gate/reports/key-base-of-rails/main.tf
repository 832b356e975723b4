resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      SECRET_KEY_BASE = "c04558165ef4917e66d8cfe8d9f2fa4068d93f085598669d4d9e69cb76b537d30c1130299aa5c9cf51ee33223d15c3694185329f7a8745a85a0a32e046e80693"
    }
  }
}
