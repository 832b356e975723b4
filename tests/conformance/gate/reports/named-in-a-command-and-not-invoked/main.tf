resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_ssm_document" "d" {
  name          = "d"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", mainSteps = [{ action = "aws:runShellScript", name = "a", inputs = { runCommand = ["aws lambda invoke --function-name ${aws_lambda_function.feed.function_name}"] } }] })
}
