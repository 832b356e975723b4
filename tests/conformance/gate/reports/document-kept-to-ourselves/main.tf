resource "aws_ssm_document" "d" {
  name          = "d"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2" })
}
