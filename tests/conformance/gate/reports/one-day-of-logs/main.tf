variable "agency" {
  type    = string
  default = "desk"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/ecs/${var.agency}-cluster"
  retention_in_days = 1
}
