resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::Serverless-2016-10-31
    Resources:
      F:
        Type: AWS::Serverless::Function
        Properties:
          Handler: app.handler
          Runtime: python3.11
          CodeUri: s3://b/k
          Events:
            E: {Type: EventBridgeRule, Properties: {Pattern: {source: [feeds]}}}
  EOT
}
