resource "aws_db_instance" "prices" {
  identifier        = "prices"
  engine            = "postgres"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  username          = "app"
  password          = "$(SQL_ADMIN_PASSWORD)"
}
