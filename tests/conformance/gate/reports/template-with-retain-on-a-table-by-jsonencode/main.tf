locals {
  stateful = { DeletionPolicy = "Retain", UpdateReplacePolicy = "Retain" }
}
resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    Resources = {
      T = merge(local.stateful, {
        Type = "AWS::DynamoDB::Table"
        Properties = {
          BillingMode          = "PAY_PER_REQUEST"
          AttributeDefinitions = [{ AttributeName = "id", AttributeType = "S" }]
          KeySchema            = [{ AttributeName = "id", KeyType = "HASH" }]
          PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled = true }
          SSESpecification = { SSEEnabled = true, SSEType = "KMS", KMSMasterKeyId = "alias/data" }
        }
      })
    }
  })
}
