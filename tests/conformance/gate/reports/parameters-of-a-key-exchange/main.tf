resource "aws_instance" "proxy" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    cat > /etc/nginx/dh.pem <<PEM
    -----BEGIN DH PARAMETERS-----
    rreiDuvPdui5+0JhzNC/v32mSMkL0rRkSRDLYYcFNrVJJuwhtgRwRAiveJ+sYvVJ
    7wKonRXr3Hmdz/LutKpf40b4PHvUAZhPCD8TVNHvVeHLWefnZULmECAfzhFywXyn
    SGshdhN1kWAY9FsUrq+xsvSsRFJyBB0b4KUZMrj58+uLG1x4VyqWaMs3YWQZJm9Z
    44SRDCGn2r93wb8D/PhdhxLVporFKvQLJerbFC5egNPxZAC4q541idKUEtDiwc7X
    EeAt3M8xLaUAe2nuYnNgFkWjfdk9r6KbpqF22DxuXptVnnc/ZgtsJV6Xj7rB5NQu
    yevFKtoZmo/cZjRnebSHQM7NmyHQ64SsGNjtSwhQmfQknvHyi9onF5cuE2eJ6imi
    -----END DH PARAMETERS-----
    PEM
  EOT
}
