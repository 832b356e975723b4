data "null_data_source" "d" {
  inputs = { days = 7 }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = data.null_data_source.d.outputs["days"]
}
