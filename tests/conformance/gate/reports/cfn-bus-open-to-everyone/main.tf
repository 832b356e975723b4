resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      P:
        Type: AWS::Events::EventBusPolicy
        Properties:
          StatementId: all
          Statement: {Effect: Allow, Principal: "*", Action: events:PutEvents, Resource: "arn:aws:events:us-east-1:123456789012:event-bus/default"}
  EOT
}
