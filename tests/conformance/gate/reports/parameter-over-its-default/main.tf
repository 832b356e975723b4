resource "aws_cloudformation_stack" "s" {
  name          = "s"
  parameters    = { Days = "90" }
  template_body = <<-EOT
    Parameters:
      Days: {Type: Number, Default: 7}
    Resources:
      Logs:
        Type: AWS::Logs::LogGroup
        Properties: {RetentionInDays: !Ref Days}
  EOT
}
