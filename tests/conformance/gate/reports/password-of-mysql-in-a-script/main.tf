resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    mysql -h db -u root -pTr4de-W1nd-t6BRmE prices
  EOF
}
