resource "aws_launch_template" "runner" {
  name = "runner"
  user_data = base64encode(<<-EOT
    #!/bin/bash
    export AWS_SECRET_ACCESS_KEY=k8Qz3Wn7Rt1Yb5Lm9Xv2Hs6Jd4Gp0Fc8Ta1Ue3Ki
    ./run
  EOT
  )
}
