data "sops_file" "db" {
  source_file = "db.enc.yaml"
}

resource "aws_db_instance" "prices" {
  identifier          = "prices"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  username            = "app"
  password            = data.sops_file.db.data["password"]
  skip_final_snapshot = true
}
