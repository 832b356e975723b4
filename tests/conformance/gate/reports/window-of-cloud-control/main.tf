resource "aws_cloudcontrolapi_resource" "t" {
  type_name = "AWS::DynamoDB::Table"
  desired_state = jsonencode({
    TableName            = "feeds"
    BillingMode          = "PAY_PER_REQUEST"
    AttributeDefinitions = [{ AttributeName = "id", AttributeType = "S" }]
    KeySchema            = [{ AttributeName = "id", KeyType = "HASH" }]
    PointInTimeRecoverySpecification = {
      PointInTimeRecoveryEnabled = true
      RecoveryPeriodInDays       = 34
    }
  })
}
