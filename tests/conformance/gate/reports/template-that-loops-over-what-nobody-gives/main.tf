variable "names" { type = string }
resource "aws_cloudformation_stack" "s" {
  name          = "s"
  parameters    = { Names = var.names }
  template_body = <<-T
    Transform: AWS::LanguageExtensions
    Parameters:
      Names: {Type: CommaDelimitedList}
    Resources:
      Fn::ForEach::Groups:
        - Name
        - !Ref Names
        - Group$${Name}:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: !Ref Name, RetentionInDays: 90}
  T
}
