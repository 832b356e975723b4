resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: [OurDefaults]
    Resources:
      Tape:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: tape, RetentionInDays: 90}
  EOT
}
