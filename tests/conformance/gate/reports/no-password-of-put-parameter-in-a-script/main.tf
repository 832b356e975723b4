resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    aws ssm put-parameter --name /a/level --type String --value debug
  EOF
}
