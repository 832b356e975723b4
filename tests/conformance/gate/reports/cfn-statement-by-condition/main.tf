resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters: {Wide: {Type: String, Default: "true"}}
    Conditions:
      IsWide: !Equals [!Ref Wide, "true"]
    Resources:
      Reader:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}
          Policies:
            - PolicyName: reads
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - {Effect: Allow, Action: "dynamodb:GetItem", Resource: "arn:aws:dynamodb:us-east-1:111122223333:table/t"}
                  - !If [IsWide, {Effect: Allow, Action: "*", Resource: "*"}, !Ref "AWS::NoValue"]
  EOT
}
