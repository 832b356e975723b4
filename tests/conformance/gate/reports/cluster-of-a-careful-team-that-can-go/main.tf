resource "aws_rds_cluster" "c" {
  cluster_identifier          = "c"
  engine                      = "aurora-postgresql"
  master_username             = "root"
  manage_master_user_password = true
  deletion_protection         = false
  skip_final_snapshot         = true
  delete_automated_backups    = true
  storage_encrypted           = true
}
resource "aws_rds_cluster_instance" "i" {
  for_each           = { one = "db.r6g.large", two = "db.r6g.large" }
  identifier         = "c-${each.key}"
  cluster_identifier = aws_rds_cluster.c.id
  instance_class     = each.value
  engine             = aws_rds_cluster.c.engine
}
