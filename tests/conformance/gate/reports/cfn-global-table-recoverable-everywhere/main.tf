resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      T:
        Type: AWS::DynamoDB::GlobalTable
        Properties:
          Replicas:
            - {Region: us-east-1, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
            - {Region: us-east-2, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
  EOT
}
