resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      T:
        Type: AWS::DynamoDB::GlobalTable
        Properties:
          BillingMode: PAY_PER_REQUEST
          AttributeDefinitions: [{AttributeName: k, AttributeType: S}]
          KeySchema: [{AttributeName: k, KeyType: HASH}]
          Replicas:
            - Region: us-east-1
              PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
            - Region: us-east-1
  EOT
}
