resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    import os
    os.environ["DB_PASSWORD"] = "Tr4de-W1nd-t6BRmE"
  EOT
}
