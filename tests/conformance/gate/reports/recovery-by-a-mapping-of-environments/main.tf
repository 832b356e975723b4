resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters:
      Env: {Type: String, Default: prod}
    Mappings:
      ByEnv:
        prod: {Recovery: true}
        dev: {Recovery: false}
    Resources:
      T:
        Type: AWS::DynamoDB::Table
        Properties:
          PointInTimeRecoverySpecification:
            PointInTimeRecoveryEnabled: !FindInMap [ByEnv, !Ref Env, Recovery]
  EOT
}
