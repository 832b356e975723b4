resource "aws_db_instance" "d" {
  identifier = "db-prices-dev"
  password   = "changeme123"
}
