data "aws_iam_policy_document" "open" {
  statement {
    actions = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type = "*"
      identifiers = ["*"]
    }
  }
}
locals { queues = { one = { fifo = false, policy = data.aws_iam_policy_document.open.json }, two = { fifo = false } } }
resource "aws_sqs_queue" "q" {
  for_each = local.queues
  name = "queue-${each.key}"
  policy = lookup(each.value, "policy", null)
}
