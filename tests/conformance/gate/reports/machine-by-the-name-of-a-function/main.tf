resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_sfn_state_machine" "own" {
  name       = "own"
  role_arn   = "arn:aws:iam::111122223333:role/feed"
  definition = jsonencode({
    StartAt = "Ask"
    States = {
      Ask = {
        Type       = "Task"
        Resource   = "arn:aws:states:::lambda:invoke"
        Parameters = { FunctionName = "feed", "Payload.$" = "$" }
        End        = true
      }
    }
  })
}
