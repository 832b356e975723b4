resource "aws_instance" "runner" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    cat > /etc/feed.yaml <<YAML
    db:
      password: Zx81-q7Rt1Yb5Lm9!
    YAML
  EOT
}
