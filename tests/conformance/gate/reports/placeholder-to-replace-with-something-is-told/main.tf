resource "aws_db_instance" "d" {
  identifier = "db-prices-dev"
  password   = "REPLACE_WITH_REAL"
}
