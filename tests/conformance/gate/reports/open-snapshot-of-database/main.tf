locals {
  shared = ["999988887777", "all"]
}

resource "aws_db_snapshot" "s" {
  db_instance_identifier = "d"
  db_snapshot_identifier = "s"
  shared_accounts        = local.shared
}
