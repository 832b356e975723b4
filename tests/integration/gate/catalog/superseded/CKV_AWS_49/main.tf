variable "actions" { default = ["*"] }
data "aws_iam_policy_document" "plain" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
  }
}
data "aws_iam_policy_document" "string" {
  statement {
    actions   = ["s3:GetObject", "*"]
    resources = ["arn:aws:s3:::b/*", "*"]
  }
}
data "aws_iam_policy_document" "variable" {
  statement {
    actions   = var.actions
    resources = ["arn:aws:s3:::b/k"]
  }
}
data "aws_iam_policy_document" "second" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/k"]
  }
  statement {
    effect    = "Allow"
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
  }
}
data "aws_iam_policy_document" "conditioned" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}
data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}
resource "aws_kms_key" "k" { policy = data.aws_iam_policy_document.key.json }
data "aws_iam_policy_document" "dynamic" {
  dynamic "statement" {
    for_each = ["*"]
    content {
      actions   = [statement.value]
      resources = ["arn:aws:s3:::b/k"]
    }
  }
}
data "aws_iam_policy_document" "scp" {
  statement {
    sid       = "FullAWSAccess"
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
  }
}
resource "aws_organizations_policy" "p" {
  name    = "full"
  content = data.aws_iam_policy_document.scp.json
}
data "aws_iam_policy_document" "boundary" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
  }
}
resource "aws_iam_policy" "boundary" {
  name   = "b"
  policy = data.aws_iam_policy_document.boundary.json
}
resource "aws_iam_role" "bounded" {
  name                 = "r"
  assume_role_policy   = "{}"
  permissions_boundary = aws_iam_policy.boundary.arn
}
data "aws_iam_policy_document" "endpoint" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
resource "aws_vpc_endpoint" "e" {
  vpc_id       = "v"
  service_name = "com.amazonaws.us-east-1.s3"
  policy       = data.aws_iam_policy_document.endpoint.json
}
data "aws_iam_policy_document" "session" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
  }
}
output "policy" { value = data.aws_iam_policy_document.session.json }
data "aws_iam_policy_document" "resource_control" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::b/k"]
  }
}
resource "aws_organizations_policy" "rcp" {
  name    = "rcp"
  type    = "RESOURCE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.resource_control.json
}
