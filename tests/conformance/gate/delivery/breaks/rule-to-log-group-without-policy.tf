# No resource policy of CloudWatch Logs admits EventBridge.
# Source: hashicorp/terraform-provider-aws, issue 20519; EventBridge User Guide, CloudWatch Logs permissions.
# Stops at: aws_cloudwatch_event_target.placed, aws_cloudwatch_log_group.kept

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_cloudwatch_log_group" "kept" {
  name = "/aws/events/kept"
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = aws_cloudwatch_log_group.kept.arn
}
