resource "aws_cloudwatch_log_metric_filter" "f" {
  name           = "f"
  log_group_name = "g"
  pattern        = "{ $.password = \"*\" || $.errorMessage = \"Invalid token\" }"
  metric_transformation {
    name      = "n"
    namespace = "ns"
    value     = "1"
  }
}
