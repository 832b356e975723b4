resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    curl -sSLo agent.rpm https://downloads.example.com/agent-1.2.3.rpm
    echo "b8480f3b47c20431658b4550b7ef6bce6a0302cb17cdc70808d77b6ad89f65f8  agent.rpm" | sha256sum --check
    pip install feeds==1.0 --hash=sha256:4992a0f75ae616b1e5d490340494b35ec2daca1760147d301a233f4d05743bf2
  EOT
}

resource "aws_lambda_layer_version" "deps" {
  layer_name       = "deps"
  filename         = "deps.zip"
  source_code_hash = "sm5yJYtaB4eJIxZkGNC5iAWmFeiQqdKJzNii1sRNxsU="
}
