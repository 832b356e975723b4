resource "awscc_lambda_function" "f" {
  function_name                  = "feeds"
  role                           = "arn:aws:iam::111122223333:role/feeds"
  runtime                        = "python3.11"
  handler                        = "feeds.handle"
  code                           = { zip_file = "def handle(e, c): pass" }
  timeout                        = 30
  memory_size                    = 256
  reserved_concurrent_executions = 0
}
