variable "d" {
  type = number
}
output "five" {
  value = 5
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = var.d
}
