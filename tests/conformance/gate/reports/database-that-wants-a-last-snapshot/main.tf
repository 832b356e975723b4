resource "aws_db_instance" "prices" {
  identifier          = "prices"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  username            = "app"
  password            = var.p
}
variable "p" {}
