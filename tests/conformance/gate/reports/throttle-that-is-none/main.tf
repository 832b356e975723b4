resource "aws_lambda_function" "f" {
  function_name                  = "feeds"
  role                           = "arn:aws:iam::111122223333:role/feeds"
  runtime                        = "python3.11"
  handler                        = "feeds.handle"
  filename                       = "feeds.zip"
  timeout                        = 30
  memory_size                    = 256
  reserved_concurrent_executions = -1
}
