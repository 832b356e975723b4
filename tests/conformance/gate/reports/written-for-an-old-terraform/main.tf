variable "create" {
  type    = string
  default = "1"
}
variable "days" {
  type    = string
  default = "7"
}
resource "aws_cloudwatch_log_group" "g" {
  count             = var.create == "1" ? 1 : 0
  name              = format("%s-%d", "x", count.index)
  retention_in_days = var.days
  lifecycle {
    ignore_changes = ["tags"]
  }
}
