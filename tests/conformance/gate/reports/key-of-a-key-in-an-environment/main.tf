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
kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/c0baad75-d0d3-24e3-95d1-1e4e38a44c4a"
    }
  }
}
