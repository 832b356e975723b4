resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    redis-cli -h cache -a Tr4de-W1nd-t6BRmE ping
  EOF
}
