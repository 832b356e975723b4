resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      R:
        Type: AWS::Events::Rule
        Properties:
          EventPattern: {source: [feeds]}
          Targets: [{Id: q, Arn: "arn:aws:lambda:us-east-1:123456789012:function:f", DeadLetterConfig: {Arn: !GetAtt D.Arn}}]
      D:
        Type: AWS::SQS::Queue
      P:
        Type: AWS::SQS::QueuePolicy
        Properties:
          Queues: [!Ref D]
          PolicyDocument:
            Statement:
              - {Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: sqs:SendMessage, Resource: !GetAtt D.Arn, Condition: {ArnEquals: {aws:SourceArn: !GetAtt R.Arn}}}
  EOT
}
