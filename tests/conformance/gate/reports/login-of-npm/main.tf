resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    //registry.example.com/:_auth=ZmVlZDpUcjRkZS1XMW5kLXQ2QlJtRQ==
  EOT
}
