resource "aws_db_instance" "d" {
  identifier = "db-prices-dev"
  password   = yamldecode(file("${path.module}/db.yaml")).db.password
}
