resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      T:
        Type: AWS::DynamoDB::Table
        Properties:
          PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: "false"}
  EOT
}
