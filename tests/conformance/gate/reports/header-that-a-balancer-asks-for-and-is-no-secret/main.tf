resource "aws_lb_listener_rule" "r" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/b/c"
  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/b"
  }
  condition {
    http_header {
      http_header_name = "X-Forwarded-For"
      values           = ["192.168.1.*"]
    }
  }
}
