resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "s3" {
  name           = "s3"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = [{ prefix = "aws.s3" }, { suffix = ".shop" }] })
}

resource "aws_cloudwatch_event_target" "s3" {
  rule           = aws_cloudwatch_event_rule.s3.name
  event_bus_name = "shop"
  arn            = "arn:aws:sns:us-east-1:111122223333:t"
}
