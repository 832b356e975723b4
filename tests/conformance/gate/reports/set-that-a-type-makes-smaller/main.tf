variable "s" {
  type    = set(object({ d = number }))
  default = [{ d = "5", extra = 1 }, { d = 5 }]
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = one(var.s).d
}
