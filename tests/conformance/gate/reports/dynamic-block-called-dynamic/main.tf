resource "panos_nat_rule_group" "r" {
  rule {
    name = "a"
    dynamic "dynamic" {
      for_each = [1]
      content {
        interface = "ethernet1/1"
      }
    }
  }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = 7
}
