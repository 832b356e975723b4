variable "environment_suffix" {
  default = "dev"
}


resource "aws_sqs_queue" "work" {
  name = replace(lower("Scale_Down_${var.environment_suffix}"), "_", "-")
}
