resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-T
    Transform: AWS::LanguageExtensions
    Mappings:
      Keep: {gold: {Days: 90}, lead: {Days: 3}}
    Resources:
      Fn::ForEach::Tiers:
        - Tier
        - [gold, lead]
        - Fn::ForEach::Names:
            - Name
            - [a, b]
            - Group$${Tier}$${Name}:
                Type: AWS::Logs::LogGroup
                Properties:
                  LogGroupName: !Sub /$${Tier}/$${Name}
                  RetentionInDays: !FindInMap [Keep, !Ref Tier, Days]
  T
}
