resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Q:
        Type: AWS::SQS::Queue
        Properties: {KmsMasterKeyId: alias/feeds}
      P:
        Type: AWS::SQS::QueuePolicy
        Properties:
          Queues: [!Ref Q]
          PolicyDocument:
            Statement:
              - {Effect: Deny, Principal: "*", Action: "sqs:*", Resource: "*", Condition: {Bool: {aws:SecureTransport: "false"}}}
  EOT
}
