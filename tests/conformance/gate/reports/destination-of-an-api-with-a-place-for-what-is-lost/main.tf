provider "aws" { region = "us-east-1" }
data "aws_secretsmanager_random_password" "unused" { password_length = 20 }
ephemeral "aws_ssm_parameter" "key" { arn = "arn:aws:ssm:us-east-1:123456789012:parameter/partner/key" }
variable "partner_key" {
  type      = string
  sensitive = true
}
resource "aws_cloudwatch_event_connection" "partner" {
  name               = "partner"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-api-key"
      value = var.partner_key
    }
  }
}
resource "aws_cloudwatch_event_api_destination" "partner" {
  name                             = "partner"
  invocation_endpoint              = var.endpoint
  http_method                      = "POST"
  invocation_rate_limit_per_second = 20
  connection_arn                   = aws_cloudwatch_event_connection.partner.arn
}
variable "endpoint" { type = string }
resource "aws_cloudwatch_event_bus" "b" { name = "b" }
resource "aws_cloudwatch_event_rule" "r" {
  name           = "r"
  event_bus_name = aws_cloudwatch_event_bus.b.name
  event_pattern  = jsonencode({ source = ["shop"], detail = { total = [{ numeric = [">", 100] }] } })
}
resource "aws_cloudwatch_event_target" "t" {
  rule           = aws_cloudwatch_event_rule.r.name
  event_bus_name = aws_cloudwatch_event_rule.r.event_bus_name
  arn            = aws_cloudwatch_event_api_destination.partner.arn
  role_arn       = aws_iam_role.r.arn
  dead_letter_config { arn = aws_sqs_queue.d.arn }
  input_transformer {
    input_paths    = { id = "$.detail.id" }
    input_template = "{\"order\": \"<id>\"}"
  }
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.t.json
}
data "aws_iam_policy_document" "t" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}
resource "aws_iam_policy" "call" {
  name   = "call"
  policy = data.aws_iam_policy_document.call.json
}
data "aws_iam_policy_document" "call" {
  statement {
    actions   = ["events:InvokeApiDestination"]
    resources = [aws_cloudwatch_event_api_destination.partner.arn]
  }
}
resource "aws_iam_role_policy_attachment" "call" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.call.arn
}
resource "aws_sqs_queue" "d" { name = "d" }
resource "aws_sqs_queue_policy" "d" {
  queue_url = aws_sqs_queue.d.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.d.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.r.arn } }
    }]
  })
}
