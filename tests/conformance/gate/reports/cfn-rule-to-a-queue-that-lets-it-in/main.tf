resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      R:
        Type: AWS::Events::Rule
        Properties:
          EventPattern: {source: [feeds]}
          Targets: [{Id: q, Arn: !GetAtt Q.Arn}]
      Q: {Type: AWS::SQS::Queue}
      P:
        Type: AWS::SQS::QueuePolicy
        Properties:
          Queues: [!Ref Q]
          PolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sqs:SendMessage, Resource: !GetAtt Q.Arn, Condition: {ArnEquals: {aws:SourceArn: !GetAtt R.Arn}}}]
  EOT
}
