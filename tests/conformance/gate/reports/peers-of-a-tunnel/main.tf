resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    cat > /etc/wireguard/wg0.conf <<CONF
    [Peer]
    PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
    AllowedIPs = 10.0.0.0/24
    CONF
    ssh-keygen -F github.com | grep SHA256:uNiVztksCsDhcc0u9e8BrSZ+QKcfzbmQD3iHqZzXqxk
  EOT
}
