data "aws_iam_policy_document" "extra" {
  statement {
    sid       = "Everything"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::b"]
  }
}
data "aws_iam_policy_document" "d" {
  override_policy_documents = [data.aws_iam_policy_document.extra.json]
  statement {
    sid       = "Send"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:111122223333:q"]
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
