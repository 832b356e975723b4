resource "aws_launch_template" "node" {
  name_prefix = "node-"
  user_data = base64encode(<<-E
    #!/bin/bash
    set -euo pipefail
    TOKEN=$(aws ssm get-parameter --name /k3s/token --with-decryption --query Parameter.Value --output text)
    export K3S_TOKEN="$TOKEN"
    curl -sfL https://get.k3s.io | sh -
    PASSWORD_FILE=/run/secrets/db
    chmod 600 "$PASSWORD_FILE"
  E
  )
}
