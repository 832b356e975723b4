resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      K:
        Type: AWS::KMS::Key
        Properties: {Enabled: false}
      L:
        Type: AWS::Logs::LogGroup
        Properties: {RetentionInDays: 90, KmsKeyId: !GetAtt K.Arn}
  EOT
}
