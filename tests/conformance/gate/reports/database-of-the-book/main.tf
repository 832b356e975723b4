variable "db_password" {
  sensitive = true
}
resource "aws_db_instance" "example" {
  engine            = "mysql"
  allocated_storage = 10
  instance_class    = "db.t3.micro"
  username          = "admin"
  password          = var.db_password
}
