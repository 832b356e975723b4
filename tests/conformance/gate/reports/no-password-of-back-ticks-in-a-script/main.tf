resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    TOKEN=$(openssl rand -hex 16); PASSWORD=`pwgen 16 1`
  EOF
}
