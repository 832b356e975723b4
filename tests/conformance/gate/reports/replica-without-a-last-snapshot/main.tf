resource "aws_db_instance" "d" {
  identifier          = "r"
  replicate_source_db = "arn:aws:rds:us-east-1:123456789012:db:m"
  instance_class      = "db.t4g.micro"
  skip_final_snapshot = true
}
