resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  provisioner "remote-exec" {
    inline = ["mysql -u root --password=Gr33n-Apple-77 < schema.sql"]
  }
}
