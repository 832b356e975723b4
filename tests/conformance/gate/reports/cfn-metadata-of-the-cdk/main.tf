resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      CDKMetadata:
        Type: AWS::CDK::Metadata
        Properties: {Analytics: "v2:deflate64:H4sIAAAA"}
      L:
        Type: AWS::Logs::LogGroup
        Properties: {RetentionInDays: 90}
  EOT
}
