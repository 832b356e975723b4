variable "environment_suffix" {
  type    = string
  default = "dev"
}

resource "aws_sqs_queue" "work" {
  name = "queue-work-${terraform.workspace}"
}
