data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["acm-pca:IssueCertificate"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_acmpca_policy" "x" {
  resource_arn = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/a"
  policy = data.aws_iam_policy_document.d.json
}
