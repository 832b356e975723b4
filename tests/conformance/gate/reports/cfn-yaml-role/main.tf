resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-YAML
    Parameters:
      Prefix: {Type: String, Default: s3}
    Resources:
      Role:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]
          Policies:
            - PolicyName: p
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - {Effect: Allow, Action: !Sub "$${Prefix}:*", Resource: "arn:aws:s3:::acme-tapes/a"}
  YAML
}
