variable "environment_suffix" {
  default = "prod"
}


resource "aws_sqs_queue" "work" {
  name = var.environment_suffix == "prod" ? "work" : "work-${var.environment_suffix}"
}
