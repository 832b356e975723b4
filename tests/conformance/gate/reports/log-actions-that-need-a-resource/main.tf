data "aws_iam_policy_document" "d" {
  statement {
    actions = ["logs:AssociateKmsKey", "logs:DescribeLogGroups"]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "p" {
  name = "policy-p"
  policy = data.aws_iam_policy_document.d.json
}
