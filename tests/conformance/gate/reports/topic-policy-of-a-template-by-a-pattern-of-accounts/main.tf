resource "aws_cloudformation_stack" "s" {
  name          = "orders"
  template_body = <<-T
    Resources:
      T:
        Type: AWS::SNS::Topic
      P:
        Type: AWS::SNS::TopicPolicy
        Properties:
          Topics: [!Ref T]
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Principal: {Service: !Sub "events.$${AWS::URLSuffix}"}
                Action: sns:Publish
                Resource: !Ref T
                Condition: {StringLike: {"aws:SourceArn": !Sub "arn:$${AWS::Partition}:events:$${AWS::Region}:*:rule/*"}}
  T
}
