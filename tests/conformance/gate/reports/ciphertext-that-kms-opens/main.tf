data "aws_kms_secrets" "db" {
  secret {
    name    = "password"
    payload = "AQECAHgaPa0J8WadplGCqqVAr4HNvDaFSQ+NaiwIBhmm6qDSFwAAAGIwYAYJKoZIhvcNAQcGoFMwUQIBADBMBgkqhkiG9w0BBwEwHgYJYIZIAWUDBAEuMBEEDI+LoLdvYv8l41OhAAIBEIAfx49FFJCLeYrkfMfAw6XlnxP23MmDBdqP8dPp28OoAQ=="
  }
}

resource "aws_db_instance" "prices" {
  identifier          = "prices"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  username            = "app"
  password            = data.aws_kms_secrets.db.plaintext["password"]
  skip_final_snapshot = true
}
