variable "environment_suffix" {
  type = string
}
resource "aws_sqs_queue" "q" {
  name = join("-", compact(["queue", "", "feeds", var.environment_suffix]))
}
