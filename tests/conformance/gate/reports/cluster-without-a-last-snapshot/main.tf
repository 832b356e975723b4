resource "aws_rds_cluster" "prices" {
  cluster_identifier          = "prices"
  engine                      = "aurora-postgresql"
  manage_master_user_password = true
  master_username             = "app"
  skip_final_snapshot         = true
}
