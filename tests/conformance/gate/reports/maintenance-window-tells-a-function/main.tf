resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_ssm_maintenance_window_task" "t" {
  window_id        = "mw-1"
  task_type        = "LAMBDA"
  task_arn         = aws_lambda_function.f.arn
  service_role_arn = "arn:aws:iam::123456789012:role/r"
}
