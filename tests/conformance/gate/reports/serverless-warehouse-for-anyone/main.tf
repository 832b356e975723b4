data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["redshift-serverless:RestoreFromSnapshot"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_redshiftserverless_resource_policy" "x" {
  resource_arn = "arn:aws:redshift-serverless:eu-west-1:111122223333:snapshot/a"
  policy = data.aws_iam_policy_document.d.json
}
