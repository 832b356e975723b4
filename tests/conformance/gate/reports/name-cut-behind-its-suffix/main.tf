variable "environment_suffix" {
  default = "dev"
}


resource "aws_sqs_queue" "work" {
  name = substr("${var.environment_suffix}-scale-down-of-the-runners", 0, 20)
}
