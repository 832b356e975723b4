resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters: {Stage: {Type: String, Default: prod}}
    Conditions:
      IsProd: !Equals [!Ref Stage, prod]
    Resources:
      Tape:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: tape, RetentionInDays: !If [IsProd, 7, 90]}
  EOT
}
