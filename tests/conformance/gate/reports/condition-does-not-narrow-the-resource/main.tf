data "aws_iam_policy_document" "use" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:sns:us-east-1:111122223333:news"]
    }
  }
}

resource "aws_iam_policy" "use" {
  name   = "use"
  policy = data.aws_iam_policy_document.use.json
}
