resource "aws_cloudcontrolapi_resource" "t" {
  type_name     = "AWS::DynamoDB::Table"
  desired_state = jsonencode({ TableName = "t", DeletionProtectionEnabled = true })
}
