variable "environment_suffix" {
  default = "dev"
}

# Unique inside something that has the suffix.
resource "aws_api_gateway_stage" "live" {
  stage_name    = "live"
  rest_api_id   = "api"
  deployment_id = "1"
}

resource "aws_eks_node_group" "workers" {
  cluster_name    = "cluster-feed-${var.environment_suffix}"
  node_group_name = "workers"
  node_role_arn   = "arn"
  subnet_ids      = []
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_cognito_user_pool_client" "web" {
  name         = "web"
  user_pool_id = "pool"
}

# A domain name, a person, an attribute that names another resource.
resource "aws_route53_record" "www" {
  zone_id = "zone"
  name    = "www"
  type    = "A"
}

resource "aws_route53_zone" "internal" {
  name = "feed.internal"
}

resource "aws_ssm_association" "patch" {
  name = "AWS-RunPatchBaseline"
}

resource "aws_dms_endpoint" "source" {
  endpoint_id   = "endpoint-source-${var.environment_suffix}"
  endpoint_type = "source"
  engine_name   = "postgres"
}
