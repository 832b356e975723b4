resource "aws_instance" "runner" {
  ami                     = "ami-0123456789abcdef0"
  instance_type           = "t3.micro"
  disable_api_termination = true
}
