resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Conditions:
      Never: !Equals [a, b]
    Resources:
      Tape:
        Type: AWS::Logs::LogGroup
        Condition: Never
        Properties: {LogGroupName: tape, RetentionInDays: 7}
  EOT
}
