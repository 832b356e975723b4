provider "aws" {
  region = "us-east-1"
}
resource "aws_route53_record" "r" {
  zone_id        = "z"
  name           = "n"
  type           = "A"
  set_identifier = "s"
  latency_routing_policy {
    region = "us-east-1"
  }
}
