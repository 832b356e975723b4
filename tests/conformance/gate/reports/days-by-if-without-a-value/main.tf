resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters:
      Short: {Type: String, Default: "no"}
    Conditions:
      IsShort: !Equals [!Ref Short, "yes"]
    Resources:
      Logs:
        Type: AWS::Logs::LogGroup
        Properties: {RetentionInDays: !If [IsShort, 60, !Ref "AWS::NoValue"]}
  EOT
}
