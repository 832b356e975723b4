resource "null_resource" "d" {
  triggers = { days = 7 }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = tonumber(null_resource.d.triggers["days"])
}
