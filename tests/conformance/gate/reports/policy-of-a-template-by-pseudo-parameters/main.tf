resource "aws_cloudformation_stack" "s" {
  name          = "s"
  capabilities  = ["CAPABILITY_IAM"]
  template_body = <<-T
    Resources:
      P:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [dynamodb:GetItem, dynamodb:PutItem]
                Resource:
                  - !Sub "arn:$${AWS::Partition}:dynamodb:$${AWS::Region}:$${AWS::AccountId}:table/orders"
                  - !Join [":", [arn, !Ref "AWS::Partition", dynamodb, !Ref "AWS::Region", !Ref "AWS::AccountId", table/carts]]
  T
}
