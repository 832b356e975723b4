variable "environment_suffix" {
  type    = string
  default = "dev"
}

resource "aws_elasticache_cluster" "d" {
  cluster_id = "cache-prices"
}
