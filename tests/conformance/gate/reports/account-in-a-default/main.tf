variable "account" {
  type    = string
  default = "123456789012"
}
resource "aws_sqs_queue" "q" {
  name = "q-${var.account}"
}
