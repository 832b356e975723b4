resource "aws_key_pair" "ops" {
  key_name   = "ops"
  public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQw4z/HrxiGf4ubkLNng0FJZ0qDbRDZCAvpPfVHwJd97Fq6NnH9x6YLZy4X2zyuA3SHRZiyj/YxhC3pYGYmW2pHC+9uRSYNveB4oeH1BhHE2SMKm+U6uta4Ko7Skvz2T/eABXKhig6C24CEMq3supb4gLv5ebQ6qjEZXjPV8JoqCPL3ZxfXnfa+YWAXogXQBRf7pCrKxtKTaTEiSYnnjoJvC9m80G6N0drnrGZ1U11R61/KuEVzXyZi5rRY6mwbXDwXtW71giZ8R2RYKJPA76tfbebn0V+LoEKVxVSxnmt+XE9No+FoMVoYfY0vdx6+E4hW8MT8SkBzLrTRwBPDbeN ops@example.com"
}

resource "aws_transfer_ssh_key" "partner" {
  server_id = "s-0123456789abcdef0"
  user_name = "partner"
  body      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI8pU6isGNRxDJpDFE237nXxJANTks7ArW+BPWW6yBshb partner"
}

resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    echo "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBqu2XMD6c1CFrqX0hpbS/f6AB+WnsWDcqwx4XLFBKPKj04FY3ZdYkuo6mKtpnXQyqS3wgzC0sVs0mwfmT= ops" >> ~/.ssh/authorized_keys
  EOT
}
