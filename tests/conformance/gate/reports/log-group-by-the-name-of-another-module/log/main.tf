variable "name" { type = string }
resource "aws_cloudwatch_log_group" "g" {
  name              = var.name
  retention_in_days = 90
}
