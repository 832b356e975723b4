moved {
  from = module.a.aws_cloudwatch_log_group.g
  to   = aws_cloudwatch_log_group.h["x"]
}
resource "aws_cloudwatch_log_group" "h" {
  for_each          = toset(["x"])
  name              = each.key
  retention_in_days = 1
}
