resource "aws_neptune_cluster" "g" {
  cluster_identifier        = "g"
  skip_final_snapshot       = false
  final_snapshot_identifier = "last"
}
