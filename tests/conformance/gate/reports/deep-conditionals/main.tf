locals {
  a = true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (true ? (7) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90) : 90
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = local.a
}
