variable "skip_final_snapshot" {
  type    = bool
  default = null
}

resource "aws_rds_cluster" "main" {
  cluster_identifier  = "main"
  engine              = "aurora-postgresql"
  skip_final_snapshot = coalesce(var.skip_final_snapshot, false)
}
