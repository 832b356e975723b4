resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    docker run -u 1000:1000 -p 8080:8080 app
  EOF
}
