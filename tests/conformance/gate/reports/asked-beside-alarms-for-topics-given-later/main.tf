resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_apigatewayv2_integration" "http" {
  api_id                 = "a1b2c3"
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.feed.invoke_arn
  payload_format_version = "2.0"
}

variable "topics" {
  type = list(string)
}

variable "failed" {
  type = string
}

resource "aws_cloudwatch_metric_alarm" "own" {
  alarm_name          = "own"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "Feeds"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = var.topics
}

resource "aws_lambda_function_event_invoke_config" "other" {
  function_name = "other"
  destination_config {
    on_failure {
      destination = var.failed
    }
  }
}
