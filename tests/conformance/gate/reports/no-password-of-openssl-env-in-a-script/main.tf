resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    openssl enc -pass env:KEY_PASS -in a
  EOF
}
