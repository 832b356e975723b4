resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { R = { Type = "AWS::Kinesis::ResourcePolicy", Properties = { ResourceArn = "arn:aws:kinesis:eu-west-1:111122223333:stream/s", ResourcePolicy = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "kinesis:GetRecords", Resource = "*" }] } } } } })
}
