variable "environment_suffix" {
  default = "dev"
}

variable "purpose" {
  type = string
}

resource "aws_sqs_queue" "trade" {
  name = "queue-${var.purpose}-${var.environment_suffix}" # expect: unknown
}
