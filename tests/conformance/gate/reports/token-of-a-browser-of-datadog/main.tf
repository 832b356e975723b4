resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      DD_CLIENT_TOKEN = "pub736e3b5eae36f6b0ababd66c8de1ca96"
    }
  }
}
