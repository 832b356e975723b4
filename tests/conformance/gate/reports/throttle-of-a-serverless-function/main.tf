resource "aws_cloudformation_stack" "s" {
  name          = "feeds"
  template_body = <<-YAML
    Transform: AWS::Serverless-2016-10-31
    Resources:
      It:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: python3.11
          Handler: feeds.handle
          InlineCode: "def handle(e, c): pass"
          Timeout: 30
          MemorySize: 256
          ReservedConcurrentExecutions: 0
  YAML
}
