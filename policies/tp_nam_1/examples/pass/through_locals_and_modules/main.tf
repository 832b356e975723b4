variable "environment_suffix" {
  type = string
}

locals {
  name = join("-", ["queue", "trade", var.environment_suffix])
}

resource "aws_sqs_queue" "trade" {
  name = local.name
}

resource "aws_sqs_queue" "prefixed" {
  name_prefix = "queue-${var.environment_suffix}-"
}

module "quote" {
  source = "./queue"
  suffix = var.environment_suffix
}

resource "aws_sqs_queue_policy" "trade" {
  queue_url = aws_sqs_queue.trade.id
  policy    = "{}"
}
