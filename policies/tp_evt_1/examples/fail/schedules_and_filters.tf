resource "aws_scheduler_schedule" "prune" {
  name                = "schedule-prune"
  schedule_expression = "rate(1 minutes)" # expect: fail
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:lambda:us-east-1:123456789012:function:prune"
    role_arn = "arn:aws:iam::123456789012:role/prune"
  }
}

resource "aws_lambda_event_source_mapping" "trade" {
  event_source_arn = "arn:aws:sqs:us-east-1:123456789012:trade"
  function_name    = "trade"
  filter_criteria {
    filter {
      pattern = jsonencode({ boddy = { venue = ["kraken"] } }) # expect: fail
    }
  }
}
