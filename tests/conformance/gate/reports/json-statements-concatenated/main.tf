locals {
  base  = jsondecode(file("${path.module}/base.json"))
  extra = jsondecode("{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"kms:*\", \"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/k\"}]}")
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = jsonencode(merge(local.base, { Statement = concat(local.base.Statement, local.extra.Statement) }))
}
