variable "more" {
  type = string
}
data "aws_iam_policy_document" "d" {
  source_policy_documents = [var.more]
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
