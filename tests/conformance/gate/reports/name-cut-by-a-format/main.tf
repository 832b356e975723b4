variable "environment_suffix" {
  default = "dev"
}


resource "aws_sqs_queue" "work" {
  name = format("%.8s", "scale-down-${var.environment_suffix}")
}
