resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    curl -sH "Authorization: Bearer 7f3e9a1c.gr33napple77.q1w2e3r4t5" https://feeds.example.com/start
  EOT
}
