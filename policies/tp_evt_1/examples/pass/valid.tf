resource "aws_cloudwatch_event_rule" "trade" {
  name = "trade"
  event_pattern = jsonencode({
    source      = [{ prefix = "marketdata." }, { anything-but = ["a", "b"] }, null, 5, true]
    detail-type = ["Trade"]
    "$or" = [
      { account = ["1"] },
      { detail = { price = [{ numeric = [">", 0, "<=", 5] }], ip = [{ cidr = "10.0.0.0/24" }] } },
    ]
    detail = {
      venue  = [{ exists = true }, { prefix = { equals-ignore-case = "ny" } }]
      symbol = [{ wildcard = "BTC-*" }, { anything-but = { suffix = [".TEST", ".OLD"] } }]
    }
  })
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}

resource "aws_cloudwatch_event_rule" "minutely" {
  name                = "minutely"
  schedule_expression = "rate(1 minute)"
}

resource "aws_cloudwatch_event_target" "minutely" {
  rule = "minutely"
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}

resource "aws_cloudwatch_event_rule" "heredoc" {
  name          = "heredoc"
  event_pattern = <<-JSON
    {"source": ["marketdata"]}
  JSON
}

resource "aws_cloudwatch_event_target" "heredoc" {
  rule = aws_cloudwatch_event_rule.heredoc.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}
