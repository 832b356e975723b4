resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      R:
        Type: AWS::Events::Rule
        Properties:
          EventBusName: !Ref B
          EventPattern: {source: [feeds], detail: {venue: [{prefix: x}]}}
          Targets: [{Id: q, Arn: "arn:aws:sqs:us-east-1:123456789012:q"}]
      B:
        Type: AWS::Events::EventBus
        Properties: {Name: feeds}
  EOT
}
