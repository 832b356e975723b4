resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::Serverless-2016-10-31
    Globals:
      SimpleTable: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
    Resources:
      T: {Type: AWS::Serverless::SimpleTable}
  EOT
}
