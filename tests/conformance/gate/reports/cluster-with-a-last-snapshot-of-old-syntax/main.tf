resource "aws_rds_cluster" "main" {
  cluster_identifier        = "x-01"
  skip_final_snapshot       = "false"
  final_snapshot_identifier = "x-final"
  depends_on                = ["aws_security_group.database"]
}
resource "aws_security_group" "database" {
  name = "d"
}
