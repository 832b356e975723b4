resource "aws_cloudcontrolapi_resource" "l" {
  type_name     = "AWS::Logs::LogGroup"
  desired_state = jsonencode({ LogGroupName = "l", RetentionInDays = 7 })
}
