data "aws_iam_policy_document" "t" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["111122223333"]
    }
  }
}

resource "aws_sns_topic_policy" "t" {
  arn    = "arn:aws:sns:us-east-1:111122223333:t"
  policy = data.aws_iam_policy_document.t.json
}
