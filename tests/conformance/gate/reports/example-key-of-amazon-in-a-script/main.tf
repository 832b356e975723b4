resource "aws_instance" "i" {
  ami = "ami-1"
  instance_type = "t3.micro"
  user_data = "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"
}
