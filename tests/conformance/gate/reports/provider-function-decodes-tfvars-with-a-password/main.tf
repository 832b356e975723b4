locals {
  db = provider::terraform::decode_tfvars(file("${path.module}/db.settings"))
}
resource "aws_db_instance" "d" {
  engine              = "postgres"
  instance_class      = "db.t4g.micro"
  username            = local.db.username
  password            = local.db.password
  skip_final_snapshot = true
}
