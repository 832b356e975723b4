data "aws_iam_policy_document" "base" {
  statement {
    actions   = ["s3:*"] # expect: fail
    resources = ["arn:aws:s3:::tiles/*"]
  }
}

data "aws_iam_policy_document" "whole" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
}

output "policy" {
  value = data.aws_iam_policy_document.whole.json
}
