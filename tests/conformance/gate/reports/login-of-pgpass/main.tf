resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    db.example.com:5432:prices:feed:Tr4de-W1nd-t6BRmE
  EOT
}
