resource "awscc_rds_db_cluster" "c" {
  engine              = "aurora-postgresql"
  deletion_protection = true
}
