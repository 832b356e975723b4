resource "aws_cloudformation_stack" "s" {
  name          = "s"
  capabilities  = ["CAPABILITY_AUTO_EXPAND"]
  template_body = <<-T
    Transform: AWS::LanguageExtensions
    Resources:
      Fn::ForEach::Groups:
        - Name
        - [api, worker]
        - Group$${Name}:
            Type: AWS::Logs::LogGroup
            Properties:
              LogGroupName: !Sub /svc/$${Name}
              RetentionInDays: 3
  T
}
