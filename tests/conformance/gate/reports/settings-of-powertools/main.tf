resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
  role = "r"
  runtime = "python3.11"
  handler = "a.b"
  timeout = 3
  memory_size = 128
  filename = "a.zip"
  environment {
    variables = {
DDB_TABLE = aws_dynamodb_table.t.name
LOG_LEVEL = "DEBUG"
POWERTOOLS_METRICS_NAMESPACE = "namespace"
    }
  }
}
resource "aws_dynamodb_table" "t" { name = "table-t" }
