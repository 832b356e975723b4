variable "region" {
  type    = string
  default = null
}
resource "aws_sqs_queue" "q" {
  region = var.region
  name   = "q"
}
