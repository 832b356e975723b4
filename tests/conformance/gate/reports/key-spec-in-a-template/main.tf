resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      K:
        Type: AWS::KMS::Key
        Properties: {KeySpec: RSA_2048, KeyUsage: SIGN_VERIFY, KeyPolicy: {Statement: []}}
      G:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: g, RetentionInDays: 90, KmsKeyId: !GetAtt K.Arn}
  EOT
}
