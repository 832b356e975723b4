resource "awscc_logs_log_group" "feed" {
  log_group_name    = "/aws/lambda/feed"
  retention_in_days = 365
}
