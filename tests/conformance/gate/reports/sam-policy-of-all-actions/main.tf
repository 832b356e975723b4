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
          Policies:
            - Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: "arn:aws:dynamodb:us-east-1:123456789012:table/t"}]
  EOT
}
