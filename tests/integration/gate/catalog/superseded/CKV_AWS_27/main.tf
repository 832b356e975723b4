variable "key" {
  type    = string
  default = null
}
variable "managed" {
  type = bool
}
resource "aws_sqs_queue" "none" {
  name = "a"
}
resource "aws_sqs_queue" "null" {
  name              = "a"
  kms_master_key_id = null
}
resource "aws_sqs_queue" "variable" {
  name              = "a"
  kms_master_key_id = var.key
}
resource "aws_sqs_queue" "empty" {
  name              = "a"
  kms_master_key_id = ""
}
resource "aws_sqs_queue" "off" {
  name                    = "a"
  sqs_managed_sse_enabled = false
}
resource "aws_sqs_queue" "text_off" {
  name                    = "a"
  sqs_managed_sse_enabled = "false"
}
resource "aws_sqs_queue" "off_and_empty" {
  name                    = "a"
  sqs_managed_sse_enabled = false
  kms_master_key_id       = ""
}
resource "aws_sqs_queue" "reuse" {
  name                              = "a"
  kms_data_key_reuse_period_seconds = 300
}
resource "aws_sqs_queue" "given" {
  name                    = "a"
  sqs_managed_sse_enabled = var.managed
}
