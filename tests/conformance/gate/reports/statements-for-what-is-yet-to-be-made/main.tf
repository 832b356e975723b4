resource "aws_kms_key" "data" {
  description = "data"
}

data "aws_iam_policy_document" "reads" {
  dynamic "statement" {
    for_each = [for arn in [aws_kms_key.data.arn] : arn if arn != ""]
    content {
      actions   = ["kms:*"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_policy" "reads" {
  name   = "reads"
  policy = data.aws_iam_policy_document.reads.json
}
