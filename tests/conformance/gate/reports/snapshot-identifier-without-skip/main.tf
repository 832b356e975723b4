resource "aws_db_instance" "d" {
  engine                    = "postgres"
  instance_class            = "db.t4g.micro"
  final_snapshot_identifier = "last"
}
