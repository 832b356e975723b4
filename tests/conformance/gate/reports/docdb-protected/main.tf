resource "aws_docdb_cluster" "g" {
  cluster_identifier  = "g"
  deletion_protection = true
  skip_final_snapshot = true
}
