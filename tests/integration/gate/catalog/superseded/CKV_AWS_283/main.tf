data "aws_iam_policy_document" "plain" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:111122223333:q"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
data "aws_iam_policy_document" "second_principals" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:111122223333:q"]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:sns:us-east-1:111122223333:t"]
    }
  }
}
data "aws_iam_policy_document" "unused_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["111122223333", "*"]
    }
  }
}
data "aws_iam_policy_document" "for_ecr" {
  statement {
    actions = ["ecr:BatchGetImage"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_ecr_repository_policy" "p" {
  repository = "r"
  policy     = data.aws_iam_policy_document.for_ecr.json
}
data "aws_iam_policy_document" "for_vpce" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_vpc_endpoint" "e" {
  vpc_id       = "v"
  service_name = "com.amazonaws.us-east-1.s3"
  policy       = data.aws_iam_policy_document.for_vpce.json
}
data "aws_iam_policy_document" "for_opensearch" {
  statement {
    actions   = ["es:ESHttpGet"]
    resources = ["arn:aws:es:us-east-1:111122223333:domain/d/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_opensearch_domain" "d" {
  domain_name     = "d"
  access_policies = data.aws_iam_policy_document.for_opensearch.json
}
data "aws_iam_policy_document" "for_api" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["execute-api:/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_api_gateway_rest_api" "a" {
  name   = "a"
  policy = data.aws_iam_policy_document.for_api.json
}
data "aws_iam_policy_document" "by_local" {
  statement {
    actions   = ["glue:GetTable"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = local.who
    }
  }
}
locals {
  who = ["*"]
}
resource "aws_glue_resource_policy" "g" { policy = data.aws_iam_policy_document.by_local.json }
data "aws_iam_policy_document" "merged_into" {
  source_policy_documents = [data.aws_iam_policy_document.plain.json]
}
data "aws_iam_policy_document" "denied_by_source" {
  statement {
    effect      = "Allow"
    not_actions = ["sqs:SendMessage"]
    resources   = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
output "p" { value = data.aws_iam_policy_document.denied_by_source.json }
