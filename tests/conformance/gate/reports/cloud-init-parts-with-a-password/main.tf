data "cloudinit_config" "c" {
  part {
    content_type = "text/x-shellscript"
    content      = "#!/bin/sh\nexport DB_PASSWORD=Tr0ub4dor3xyzzy9\n"
  }
}
resource "aws_instance" "i" {
  ami       = "ami-1"
  user_data = data.cloudinit_config.c.rendered
}
