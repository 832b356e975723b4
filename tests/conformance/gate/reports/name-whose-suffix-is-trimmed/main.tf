variable "environment_suffix" {
  default = "dev"
}


resource "aws_sqs_queue" "work" {
  name = trimsuffix("work-${var.environment_suffix}", "-${var.environment_suffix}")
}
