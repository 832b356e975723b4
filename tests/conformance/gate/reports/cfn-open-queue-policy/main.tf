resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-YAML
    Resources:
      P:
        Type: AWS::SQS::QueuePolicy
        Properties:
          Queues: [!Ref Q]
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*"}]
  YAML
}
