resource "aws_elasticache_replication_group" "g" {
  replication_group_id      = "g"
  description               = "g"
  final_snapshot_identifier = "last"
}
