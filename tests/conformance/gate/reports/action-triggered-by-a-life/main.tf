resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = 90
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.aws_lambda_invoke.hello]
    }
  }
}
action "aws_lambda_invoke" "hello" {
  config {
    function_name = "x"
    payload       = jsonencode({})
  }
}
