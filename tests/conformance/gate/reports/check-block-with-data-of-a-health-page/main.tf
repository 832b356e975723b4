resource "aws_cloudwatch_log_group" "g" {
  name              = "/svc"
  retention_in_days = 90
}
check "health" {
  data "http" "page" {
    url = "https://example.com/health"
  }
  assert {
    condition     = data.http.page.status_code == 200
    error_message = "${data.http.page.url} is not healthy"
  }
}
