locals {
  grants = {
    read  = { actions = ["s3:GetObject"], on = ["arn:aws:s3:::feeds/*"] }
    write = { actions = ["s3:PutObject"], on = ["*"] }
  }
}
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = local.grants
    iterator = grant
    content {
      sid       = title(grant.key)
      actions   = grant.value.actions
      resources = [for r in grant.value.on : r]
    }
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
