variable "region" {
  type    = string
  default = null
}
data "aws_region" "here" { region = var.region }
resource "aws_cloudwatch_log_group" "g" {
  region            = var.region
  name              = "/svc/${data.aws_region.here.region}"
  retention_in_days = 90
}
