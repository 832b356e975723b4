resource "aws_cloudformation_stack" "s" {
  name          = "orders"
  template_body = <<-T
    Resources:
      Q:
        Type: AWS::SQS::Queue
        Properties: {QueueName: !Sub "$${AWS::StackName}-q"}
      P:
        Type: AWS::SQS::QueuePolicy
        Properties:
          Queues: [!Ref Q]
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Principal: {AWS: !Sub "arn:$${AWS::Partition}:iam::$${AWS::AccountId}:role/sender"}
                Action: sqs:SendMessage
                Resource: !GetAtt Q.Arn
              - Effect: Allow
                Principal: {Service: s3.amazonaws.com}
                Action: sqs:SendMessage
                Resource: !GetAtt Q.Arn
                Condition: {StringEquals: {"aws:SourceAccount": !Ref "AWS::AccountId"}}
  T
}
