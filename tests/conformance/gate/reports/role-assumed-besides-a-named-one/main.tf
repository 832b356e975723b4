data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRole"]
    resources = ["arn:aws:iam::123456789012:role/S3Access", "*"]
  }
}
resource "aws_iam_policy" "p" {
  name = "policy-p"
  policy = data.aws_iam_policy_document.d.json
}
