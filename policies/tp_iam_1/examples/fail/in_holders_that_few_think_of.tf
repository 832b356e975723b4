# Amazon VPC Lattice User Guide, "Control access to VPC Lattice services using auth policies".
resource "aws_vpclattice_auth_policy" "prices" {
  resource_identifier = "arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-prices"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:role/desk" }, Action = "*", Resource = "arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-prices" }] # expect: fail
  })
}

# Amazon SageMaker API Reference, PutModelPackageGroupPolicy.
resource "aws_sagemaker_model_package_group_policy" "models" {
  model_package_group_name = "models"
  resource_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "123456789012" }, Action = ["sagemaker:Describe*"], Resource = "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/models" }] # expect: fail
  })
}

# AWS Elemental MediaStore User Guide, "Container policies".
resource "aws_media_store_container_policy" "clips" {
  container_name = "clips"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "mediastore:*", Resource = "arn:aws:mediastore:us-east-1:123456789012:container/clips/one" }] # expect: fail
  })
}

resource "aws_networkfirewall_resource_policy" "shared" {
  resource_arn = "arn:aws:network-firewall:us-east-1:123456789012:stateful-rulegroup/shared"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "network-firewall:*Firewall", Resource = "arn:aws:network-firewall:us-east-1:123456789012:stateful-rulegroup/shared" }] # expect: fail
  })
}

resource "aws_s3control_object_lambda_access_point_policy" "masked" {
  name   = "masked"
  policy = jsonencode({ Statement = [local.everything] })
}

locals {
  everything = { Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "s3-object-lambda:Get?bject", Resource = "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/masked" } # expect: fail
}
