resource "aws_wafv2_rule_group" "g" {
  name     = "g"
  scope    = "REGIONAL"
  capacity = 10
  rule {
    name     = "r"
    priority = 1
    action {
      allow {}
    }
    statement {
      byte_match_statement {
        positional_constraint = "EXACTLY"
        search_string         = "Kq7-vT3x9Lm2Zr"
        field_to_match {
          single_header {
            name = "x-origin-secret"
          }
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "r"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "g"
    sampled_requests_enabled   = false
  }
}
