resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-T
    Transform: AWS::LanguageExtensions
    Mappings:
      Days: {prod: {Keep: 365}}
    Resources:
      G:
        Type: AWS::Logs::LogGroup
        Properties:
          RetentionInDays: !FindInMap [Days, dev, Keep, {DefaultValue: 5}]
  T
}
