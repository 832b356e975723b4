check "alive" {
  data "http" "endpoint" { url = "https://example.com" }
  assert {
    condition     = data.http.endpoint.status_code == 200
    error_message = "down"
  }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = 3
}
