resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters: {Days: {Type: CommaDelimitedList, Default: "7, 90"}}
    Resources:
      Tape:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: tape, RetentionInDays: !Select [1, !Ref Days]}
  EOT
}
