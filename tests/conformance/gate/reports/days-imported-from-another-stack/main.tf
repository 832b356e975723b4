resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Logs:
        Type: AWS::Logs::LogGroup
        Properties: {RetentionInDays: !ImportValue shared-days}
  EOT
}
