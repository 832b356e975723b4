resource "aws_glue_job" "j" {
  name     = "j"
  role_arn = "arn:aws:iam::111122223333:role/j"
  command {
    script_location = "s3://b/j.py"
  }
  default_arguments = {
    "--db-password" = "Kq7-vT3x9Lm2Zr"
  }
}
