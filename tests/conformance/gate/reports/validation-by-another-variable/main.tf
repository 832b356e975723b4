variable "least" {
  type    = number
  default = 30
}
variable "days" {
  type    = number
  default = 90
  validation {
    condition     = var.days >= var.least && contains(local.accepted, var.days)
    error_message = "Only ${join(", ", local.accepted)}."
  }
}
locals {
  accepted = [30, 60, 90]
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = var.days
}
