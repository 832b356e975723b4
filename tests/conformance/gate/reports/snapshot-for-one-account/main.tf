resource "aws_db_cluster_snapshot" "s" {
  db_cluster_identifier          = "d"
  db_cluster_snapshot_identifier = "s"
  shared_accounts                = ["999988887777"]
}
