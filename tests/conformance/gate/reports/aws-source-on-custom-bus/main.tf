resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "ec2" {
  name           = "ec2"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = [{ prefix = "aws.ec2" }] })
}

resource "aws_cloudwatch_event_target" "ec2" {
  rule           = aws_cloudwatch_event_rule.ec2.name
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  arn            = "arn:aws:sns:us-east-1:111122223333:t"
}
