resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
}

resource "aws_sfn_state_machine" "m" {
  name     = "m"
  role_arn = "arn:aws:iam::111122223333:role/m"
  definition = jsonencode({
    StartAt = "Call"
    States = { Call = {
      Type       = "Task"
      Resource   = "arn:aws:states:::lambda:invoke"
      Parameters = { FunctionName = aws_lambda_function.f.arn, InvocationType = "Event", "Payload.$" = "$" }
      End        = true
    } }
  })
}
