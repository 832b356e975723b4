resource "aws_cloudformation_stack" "s" {
  name          = "feeds"
  template_body = <<-YAML
    Resources:
      It:
        Type: AWS::DynamoDB::Table
        Properties:
          TableName: feeds
          BillingMode: PAY_PER_REQUEST
          AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
          KeySchema: [{AttributeName: id, KeyType: HASH}]
          PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 14}
  YAML
}
