resource "aws_cloudformation_stack" "s" {
  name          = "s"
  capabilities  = ["CAPABILITY_IAM"]
  template_body = <<-T
    Resources:
      R:
        Type: AWS::IAM::Role
        Properties:
          ManagedPolicyArns: [!Sub "arn:$${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
          AssumeRolePolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]
  T
}
