variable "writers" {
  type = list(string)
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = toset(var.writers)
    content {
      sid       = statement.key
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.q.arn]
    }
  }
}
resource "aws_iam_policy" "p" {
  count  = length(var.writers) > 0 ? 1 : 0
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
