variable "manage" {
  type    = bool
  default = false
}
resource "aws_cloudwatch_log_group" "g" {
  count             = var.manage && false == var.manage ? 1 : 0
  name              = "x"
  retention_in_days = 7
}
