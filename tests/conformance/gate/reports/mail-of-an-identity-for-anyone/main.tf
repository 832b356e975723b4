data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["ses:SendRawEmail"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_ses_identity_policy" "x" {
  identity = "example.com"
  name     = "p"
  policy = data.aws_iam_policy_document.d.json
}
