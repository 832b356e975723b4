resource "aws_config_config_rule" "x" {
  name = "r"
  input_parameters = jsonencode({ apiToken = "Kq7-vT3x9Lm2Zr" })
  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_VERSIONING_ENABLED"
  }
}
