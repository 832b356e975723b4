variable "days" {
  type    = number
  default = null
}
resource "aws_cloudwatch_log_group" "none" {
  name = "a"
}
resource "aws_cloudwatch_log_group" "null" {
  name              = "b"
  retention_in_days = null
}
resource "aws_cloudwatch_log_group" "variable" {
  name              = "c"
  retention_in_days = var.days
}
resource "aws_cloudwatch_log_group" "infrequent" {
  name            = "d"
  log_group_class = "INFREQUENT_ACCESS"
}
resource "aws_cloudwatch_log_group" "prefix" {
  name_prefix  = "e"
  skip_destroy = true
}
resource "aws_cloudwatch_log_group" "each" {
  for_each = toset(["a", "b"])
  name     = each.key
}
resource "aws_cloudwatch_log_group" "delivery" {
  name            = "f"
  log_group_class = "DELIVERY"
}
resource "aws_cloudwatch_log_group" "empty" {
  name              = "g"
  retention_in_days = ""
}
resource "aws_cloudwatch_log_group" "counted" {
  count = 1
  name  = "h"
}
