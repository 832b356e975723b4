resource "aws_db_instance" "d" {
  identifier               = "d"
  skip_final_snapshot      = 1 == 1
  delete_automated_backups = true
  deletion_protection      = false
}
