variable "environment_suffix" {
  type = string
}

resource "aws_appsync_graphql_api" "short" {
  name                = "api-prices-${var.environment_suffix}"
  authentication_type = "AWS_IAM"
}

resource "aws_appsync_graphql_api" "long" {
  name                = "graphql-api-prices-${var.environment_suffix}"
  authentication_type = "AWS_IAM"
}

resource "aws_dax_cluster" "longest" {
  cluster_name       = "dax-cluster-prices-${var.environment_suffix}"
  iam_role_arn       = "arn"
  node_type          = "dax.t3.small"
  replication_factor = 1
}
