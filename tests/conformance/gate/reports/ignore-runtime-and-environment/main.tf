resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
  handler       = "a.handler"
  runtime       = "python3.11"
  timeout       = 30
  memory_size   = 512

  lifecycle {
    ignore_changes = [runtime, filename, tags["AutoTag_Creator"], environment]
  }
}
