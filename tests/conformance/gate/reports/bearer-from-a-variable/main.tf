resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    curl -sH "Authorization: Bearer $FEED_TOKEN" https://feeds.example.com/start
  EOT
}
