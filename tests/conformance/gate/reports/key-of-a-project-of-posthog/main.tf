resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      POSTHOG_KEY = "phc_h68oC33JGCXOMKIDBg1vwIqDXeA8KOxvSHvAIe96kdk"
    }
  }
}
