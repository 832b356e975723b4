moved {
  from = aws_cloudwatch_log_group.old
  to   = aws_cloudwatch_log_group.this
}

check "health" {
  data "http" "status" {
    url = "https://status.example.com"
  }
  assert {
    condition     = data.http.status.status_code == 200
    error_message = "The feed is down."
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 60
}
