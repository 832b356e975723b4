resource "aws_sqs_queue" "q" {
  for_each = { a = 1, b = 2 }
  name     = each.key
}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = concat(values(aws_sqs_queue.q)[*].arn, [for k, q in aws_sqs_queue.q : q.arn if k != "a"])
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
