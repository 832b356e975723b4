resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_sagemaker_pipeline" "r" {
  pipeline_name         = "r"
  pipeline_display_name = "r"
  role_arn              = "arn:aws:iam::111122223333:role/a"
  pipeline_definition = jsonencode({
    Version = "2020-12-01"
    Steps   = [{ Name = "L", Type = "Lambda", FunctionArn = aws_lambda_function.feed.arn, Arguments = {}, OutputParameters = [{ OutputName = "a", OutputType = "String" }] }]
  })
}
