resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_sfn_state_machine" "m" {
  name       = "m"
  role_arn   = "arn:aws:iam::111122223333:role/m"
  definition = jsonencode({ QueryLanguage = "JSONata", StartAt = "A", States = { A = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", Arguments = { FunctionName = aws_lambda_function.feed.arn, InvocationType = "{% $states.input.kind %}" }, End = true } } })
}
