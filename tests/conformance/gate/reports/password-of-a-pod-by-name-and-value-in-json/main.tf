resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    {"env":[{"name":"DB_PASSWORD","value":"Tr4de-W1nd-t6BRmE"}]}
  EOT
}
