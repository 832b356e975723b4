variable "s" {
  type    = object({ days = optional(number) })
  default = {}
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = try(var.s.days, 90)
}
