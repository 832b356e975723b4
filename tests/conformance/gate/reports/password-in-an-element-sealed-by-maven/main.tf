resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    <server><password>{COQLCE6DU6GtcS5P=}</password></server>
  EOT
}
