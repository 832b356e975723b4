# Amazon S3 User Guide, "Resource-based policies for S3 Tables".
resource "aws_s3tables_table_bucket_policy" "ticks" {
  table_bucket_arn = "arn:aws:s3tables:us-east-1:123456789012:bucket/ticks"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # expect: fail
      Action    = "s3tables:GetTableData"
      Resource  = "arn:aws:s3tables:us-east-1:123456789012:bucket/ticks/table/eu"
    }]
  })
}

# AWS Organizations User Guide, "Resource-based delegation policies".
resource "aws_organizations_resource_policy" "delegated" { # expect: fail +6
  content = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "organizations:DescribeOrganization",
        "Resource": "arn:aws:organizations::123456789012:organization/o-feed"
      }]
    }
  EOT
}

# Amazon ECR User Guide, "Templates to control repositories created during a pull through cache".
resource "aws_ecr_repository_creation_template" "mirror" {
  prefix            = "mirror"
  applied_for       = ["PULL_THROUGH_CACHE"]
  repository_policy = data.aws_iam_policy_document.pull.json
}

data "aws_iam_policy_document" "pull" {
  statement {
    actions   = ["ecr:BatchGetImage"]
    resources = ["arn:aws:ecr:us-east-1:123456789012:repository/mirror"]
    principals {
      type        = "*"
      identifiers = ["*"] # expect: fail
    }
  }
}

resource "aws_s3control_multi_region_access_point_policy" "everywhere" {
  details {
    name = "ticks"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = {
        Effect    = "Allow"
        Principal = { AWS = ["*"] } # expect: fail
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3::123456789012:accesspoint/ticks.mrap/object/eu"
      }
    })
  }
}

locals {
  anyone = { Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "arn:aws:execute-api:us-east-1:123456789012:/domainnames/feed" } # expect: fail
}

resource "aws_api_gateway_domain_name" "private" {
  domain_name = "feed.internal"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [local.anyone] })
}

resource "aws_cloudwatch_log_delivery_destination_policy" "central" {
  delivery_destination_name = "central"
  delivery_destination_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "logs:CreateDelivery", Resource = "arn:aws:logs:us-east-1:123456789012:delivery-destination:central" }] # expect: fail
  })
}
