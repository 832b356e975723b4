resource "awscc_events_rule" "r" {
  name          = "r"
  event_pattern = jsonencode({ source = ["feeds"] })
}
