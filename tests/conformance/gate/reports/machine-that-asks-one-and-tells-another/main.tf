resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_lambda_function" "note" {
  function_name = "note"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  dead_letter_config {
    target_arn = "arn:aws:sqs:us-east-1:111122223333:failed"
  }
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
        Parameters = { FunctionName = aws_lambda_function.feed.arn }
        Next       = "Tell"
      }
      Tell = {
        Type       = "Task"
        Resource   = "arn:aws:states:::lambda:invoke"
        Parameters = { FunctionName = aws_lambda_function.note.arn, InvocationType = "Event" }
        End        = true
      }
    }
  })
}
