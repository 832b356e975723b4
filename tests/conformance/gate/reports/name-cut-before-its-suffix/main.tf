variable "environment_suffix" {
  default = "dev"
}


resource "aws_sqs_queue" "work" {
  name = substr("scale-down-of-the-runners-${var.environment_suffix}", 0, 20)
}
