resource "aws_redshift_cluster" "g" {
  cluster_identifier = "g"
  node_type          = "ra3.large"
}
