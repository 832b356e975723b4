resource "aws_db_instance" "main" {
  identifier          = "main"
  password            = "CHANGE_ME"
  skip_final_snapshot = true
}
