resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { R = { Type = "AWS::Logs::Destination", Properties = { DestinationName = "d", RoleArn = "arn:aws:iam::111122223333:role/d", TargetArn = "arn:aws:kinesis:eu-west-1:111122223333:stream/s", DestinationPolicy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "logs:PutSubscriptionFilter", Resource = "*" }] }) } } } })
}
