resource "aws_mwaa_environment" "a" {
  name               = "a"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/a"
  source_bucket_arn  = "arn:aws:s3:::b"
  airflow_configuration_options = {
    "smtp.smtp_password" = "Kq7-vT3x9Lm2Zr"
  }
}
