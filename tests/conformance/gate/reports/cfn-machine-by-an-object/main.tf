resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_lambda_function_url" "u" {
  function_name      = aws_lambda_function.feed.function_name
  authorization_type = "AWS_IAM"
}
resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { M = { Type = "AWS::StepFunctions::StateMachine", Properties = { RoleArn = "arn:aws:iam::111122223333:role/m", Definition = { StartAt = "A", States = { A = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", Parameters = { FunctionName = aws_lambda_function.feed.arn, InvocationType = "Event" }, End = true } } } } } } })
}
