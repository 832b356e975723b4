# A rule calls an API destination through a role.
# Source: EventBridge: API destinations as targets.

resource "aws_cloudwatch_event_connection" "vendor" {
  name               = "vendor"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-key"
      value = var.key
    }
  }
}

variable "key" {
  type      = string
  sensitive = true
}

resource "aws_cloudwatch_event_api_destination" "vendor" {
  name                = "vendor"
  invocation_endpoint = "https://vendor.example/hook"
  http_method         = "POST"
  connection_arn      = aws_cloudwatch_event_connection.vendor.arn
}

resource "aws_cloudwatch_event_rule" "all" {
  name          = "all"
  event_pattern = jsonencode({ source = ["market"] })
}

resource "aws_iam_role" "events" {
  name               = "events"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_policy" "calls" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "events:InvokeApiDestination", Resource = aws_cloudwatch_event_api_destination.vendor.arn }] })
}

resource "aws_iam_role_policy_attachment" "calls" {
  role       = aws_iam_role.events.name
  policy_arn = aws_iam_policy.calls.arn
}

resource "aws_cloudwatch_event_target" "vendor" {
  rule     = aws_cloudwatch_event_rule.all.name
  arn      = aws_cloudwatch_event_api_destination.vendor.arn
  role_arn = aws_iam_role.events.arn
}
