data "aws_iam_policy_document" "o" {
  statement {
    sid       = "a"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:123456789012:q"]
  }
}
data "aws_iam_policy_document" "d" {
  override_policy_documents = [data.aws_iam_policy_document.o.json]
  statement {
    sid       = "a"
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
