variable "admin_password" {
  default = ""
}

resource "aws_db_instance" "prices" {
  identifier        = "prices"
  engine            = "postgres"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  username          = "app"
  password          = var.admin_password
}
