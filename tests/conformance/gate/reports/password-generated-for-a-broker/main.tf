resource "random_password" "p" {
  length = 24
}

resource "aws_mq_broker" "b" {
  broker_name        = "b"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"
  user {
    username = "feed"
    password = random_password.p.result
  }
}
