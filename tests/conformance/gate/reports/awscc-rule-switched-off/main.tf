resource "awscc_events_rule" "r" {
  name          = "r"
  state         = "DISABLED"
  event_pattern = jsonencode({ source = ["feeds"] })
  targets       = [{ id = "a", arn = "arn:aws:sqs:us-east-1:123456789012:q" }]
}
