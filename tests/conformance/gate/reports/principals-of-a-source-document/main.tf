data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Read"
    actions   = ["sns:Subscribe"]
    resources = ["arn:aws:sns:us-east-1:111122223333:feeds"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "Write"
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:us-east-1:111122223333:feeds"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/feed"]
    }
  }
}

resource "aws_sns_topic_policy" "feeds" {
  arn    = "arn:aws:sns:us-east-1:111122223333:feeds"
  policy = data.aws_iam_policy_document.all.json
}
