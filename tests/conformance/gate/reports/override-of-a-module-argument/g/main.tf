variable "days" {}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = var.days
}
