resource "aws_db_snapshot" "s" {
  db_instance_identifier = "d"
  db_snapshot_identifier = "before-202601311745"
}

resource "aws_ssm_parameter" "id" {
  name  = "id"
  type  = "String"
  value = "123e4567-e89b-12d3-a456-426614174000"
}
