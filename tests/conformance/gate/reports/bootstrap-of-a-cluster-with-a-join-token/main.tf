resource "aws_launch_template" "node" {
  name_prefix = "node-"
  user_data = base64encode(<<-E
    #!/bin/bash
    export K3S_URL=https://10.0.0.10:6443
    export K3S_TOKEN=K10f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f::server:4a5b6c7d8e9f0a1b
    curl -sfL https://get.k3s.io | sh -
  E
  )
}
