provider "aws" { region = "us-east-1" }
resource "aws_cloudwatch_event_endpoint" "e" {
  name = "e"
  event_bus { event_bus_arn = "arn:aws:events:us-east-1:111122223333:event-bus/m" }
  event_bus { event_bus_arn = "arn:aws:events:us-west-2:111122223333:event-bus/m" }
  routing_config {
    failover_config {
      primary { health_check = "arn:aws:route53:::healthcheck/x" }
      secondary { route = "us-west-2" }
    }
  }
}
