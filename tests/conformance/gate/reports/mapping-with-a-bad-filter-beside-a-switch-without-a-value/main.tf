variable "enabled" { type = bool }
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "f"
  event_source_arn = "arn:aws:sqs:us-east-1:111122223333:q"
  enabled          = var.enabled
  filter_criteria {
    filter { pattern = jsonencode({ body = { kind = "trade" } }) }
  }
}
