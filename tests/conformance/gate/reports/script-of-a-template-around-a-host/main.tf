resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = templatefile("${path.module}/u.sh", { host = "h" })
}
