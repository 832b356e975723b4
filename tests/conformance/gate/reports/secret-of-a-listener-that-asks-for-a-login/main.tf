variable "oidc" {
  type    = map(string)
  default = { client_id = "0oa1b2c3", client_secret = "sKq83hfY2m-Zx7PwLd0Rv5TnB9" }
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1"
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type  = "authenticate-oidc"
    order = 1
    authenticate_oidc {
      authorization_endpoint = "https://idp.example.com/auth"
      client_id              = var.oidc.client_id
      client_secret          = var.oidc["client_secret"]
      issuer                 = "https://idp.example.com"
      token_endpoint         = "https://idp.example.com/token"
      user_info_endpoint     = "https://idp.example.com/user"
    }
  }
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/1"
  }
}
