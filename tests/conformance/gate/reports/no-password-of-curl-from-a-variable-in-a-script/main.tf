resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    curl -u "feed:$FEED_PASSWORD" https://api.example.com
  EOF
}
