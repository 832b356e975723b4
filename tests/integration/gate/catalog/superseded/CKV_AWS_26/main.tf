variable "key" {
  type    = string
  default = null
}
resource "aws_sns_topic" "none" {
  name = "a"
}
resource "aws_sns_topic" "null" {
  name              = "a"
  kms_master_key_id = null
}
resource "aws_sns_topic" "variable" {
  name              = "a"
  kms_master_key_id = var.key
}
resource "aws_sns_topic" "empty" {
  name              = "a"
  kms_master_key_id = ""
}
resource "aws_sns_topic" "fifo" {
  name       = "a.fifo"
  fifo_topic = true
}
resource "aws_sns_topic" "each" {
  for_each = toset(["a", "b"])
  name     = each.key
}
resource "aws_sns_topic" "managed" {
  name                    = "a"
  sqs_managed_sse_enabled = true
}
