resource "aws_cloudwatch_event_rule" "r" {
  name          = "r"
  state         = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
  event_pattern = jsonencode({ source = ["aws.kms"], detail-type = ["AWS API Call via CloudTrail"] })
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sns:us-east-1:123456789012:t"
}
