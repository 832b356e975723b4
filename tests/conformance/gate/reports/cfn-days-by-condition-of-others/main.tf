resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters: {Stage: {Type: String}, Far: {Type: String, Default: "no"}}
    Conditions:
      IsProd: !Equals [!Ref Stage, prod]
      IsFar: !Equals [!Ref Far, "yes"]
      Short: !Or [!Condition IsProd, !Condition IsFar]
    Resources:
      Tape:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: tape, RetentionInDays: !If [Short, 7, 90]}
  EOT
  parameters = { Stage = "dev" }
}
