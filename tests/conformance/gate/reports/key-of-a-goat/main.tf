resource "aws_instance" "i" {
  ami = "ami-1"
  instance_type = "t3.micro"
  user_data = <<EOF
#! /bin/bash
export AWS_ACCESS_KEY_ID=AKIAQ3EGVEKWZN7XMPLT
EOF
}
