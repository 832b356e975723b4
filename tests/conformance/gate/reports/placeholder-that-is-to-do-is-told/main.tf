resource "aws_db_instance" "d" {
  identifier = "db-prices-dev"
  password   = "to-do: choose one"
}
