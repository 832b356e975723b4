resource "aws_lambda_function" "warm" {
  function_name = "warm"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
action "aws_lambda_invoke" "warm" {
  config {
    function_name   = aws_lambda_function.warm.function_name
    invocation_type = "RequestResponse"
    payload         = jsonencode({ warm = true })
  }
}
resource "terraform_data" "deployed" {
  input = aws_lambda_function.warm.version
  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.aws_lambda_invoke.warm]
    }
  }
}
