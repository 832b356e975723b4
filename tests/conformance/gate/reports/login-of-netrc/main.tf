resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    machine api.example.com login feed password Tr4de-W1nd-t6BRmE
  EOT
}
