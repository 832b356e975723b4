resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters: {Stage: {Type: String, Default: prod}}
    Mappings:
      Keep: {prod: {Days: 14}, dev: {Days: 90}}
    Resources:
      Tape:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: tape, RetentionInDays: !FindInMap [Keep, !Ref Stage, Days]}
  EOT
}
