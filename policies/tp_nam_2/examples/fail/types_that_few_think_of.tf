variable "environment_suffix" {
  type = string
}

resource "aws_mq_broker" "feed" {
  broker_name        = "feed-broker-${var.environment_suffix}" # expect: fail
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"
  user {
    username = "feed"
    password = "x"
  }
}
