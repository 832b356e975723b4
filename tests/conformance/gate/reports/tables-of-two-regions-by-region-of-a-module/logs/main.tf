variable "region" {
  type    = string
  default = null
}
resource "aws_cloudwatch_log_group" "g" {
  region            = var.region
  name              = "/svc"
  retention_in_days = 90
}
