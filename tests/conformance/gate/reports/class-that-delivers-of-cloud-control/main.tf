locals {
  group = { LogGroupName = "/feeds", RetentionInDays = 90 }
}

resource "aws_cloudcontrolapi_resource" "l" {
  type_name     = "AWS::Logs::LogGroup"
  desired_state = jsonencode(merge(local.group, { LogGroupClass = "DELIVERY" }))
}
