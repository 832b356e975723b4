resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    <server><password>$${env.REPO_PASSWORD}</password></server>
  EOT
}
