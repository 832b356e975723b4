variable "environment_suffix" {
  type    = string
  default = "prod"
}
resource "aws_sqs_queue" "q" {
  name = var.environment_suffix == "prod" ? "feeds" : "feeds-${var.environment_suffix}"
}
