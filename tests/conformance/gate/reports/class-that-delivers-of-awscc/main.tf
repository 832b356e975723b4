resource "awscc_logs_log_group" "l" {
  log_group_name    = "/feeds"
  retention_in_days = 90
  log_group_class   = "DELIVERY"
}
