locals {
  base = { TableName = "t", KeySchema = [{ AttributeName = "k", KeyType = "HASH" }] }
}
resource "aws_cloudcontrolapi_resource" "t" {
  type_name     = "AWS::DynamoDB::Table"
  desired_state = jsonencode(merge(local.base, { PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled = false } }))
}
