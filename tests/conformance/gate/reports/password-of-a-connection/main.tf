resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  connection {
    type     = "winrm"
    user     = "Administrator"
    password = "Gr33n-Apple-77"
  }
}
