variable "suffix" {
  type = string
}

resource "aws_sqs_queue" "this" {
  for_each = toset(["quote", "book"])
  name     = format("queue-%s-%s", each.key, var.suffix)
}
