resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::111122223333:role/load"
  command {
    script_location = "s3://code/load.py"
  }
  default_arguments = {
    "--db_user"     = "loader"
    "--db_password" = "Gr33n-Apple-77"
  }
}
