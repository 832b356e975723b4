variable "name" {}
variable "secret" {
  default   = null
  sensitive = true
}
variable "days" {
  default = 7
}
resource "aws_cloudwatch_log_group" "g" {
  name              = var.name
  retention_in_days = var.days
}
