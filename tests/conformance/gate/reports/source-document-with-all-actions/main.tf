data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Base"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::acme-tapes"]
  }
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "More"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::acme-tapes/prices.csv"]
  }
}

resource "aws_iam_policy" "all" {
  name   = "all"
  policy = data.aws_iam_policy_document.all.json
}
