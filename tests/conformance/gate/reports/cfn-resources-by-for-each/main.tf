resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::LanguageExtensions
    Resources:
      Fn::ForEach::Tapes:
        - Venue
        - [kraken, gemini]
        - Tape$${Venue}:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: !Ref Venue, RetentionInDays: 7}
  EOT
}
