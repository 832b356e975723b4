resource "aws_cloudformation_stack" "s" {
  name          = "feeds"
  template_body = <<-YAML
    Resources:
      It:
        Type: AWS::Lambda::Function
        Properties:
          Runtime: python3.11
          Handler: feeds.handle
          Timeout: 30
          MemorySize: 256
          Role: arn:aws:iam::111122223333:role/feeds
          Code: {ZipFile: "def handle(e, c): pass"}
          ReservedConcurrentExecutions: 0
  YAML
}
