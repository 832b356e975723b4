data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["events:PutEvent", "states:StartExecutions", "sns:PublishMessage"]
    resources = ["arn:aws:events:us-east-1:123456789012:event-bus/b"]
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
