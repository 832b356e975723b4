data "aws_iam_policy_document" "bucket" {
  statement {
    effect    = "Deny"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::feeds/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotLike"
      variable = "aws:userId"
      values   = ["AROAWORVRXQ5NC76T7223:*", "AIDAWORVRXQ5NC76T7299"]
    }
  }
}
