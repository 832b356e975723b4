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
apiCredentials = aws_ssm_parameter.c.name
progressMarker = "/feed/progress"
    }
  }
}
resource "aws_ssm_parameter" "c" {
  name = "/feed/credentials"
  type = "SecureString"
  value_wo = var.c
  value_wo_version = 1
}
variable "c" {
  type = string
  ephemeral = true
}
