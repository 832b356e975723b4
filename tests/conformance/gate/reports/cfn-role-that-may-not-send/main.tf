resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      S:
        Type: AWS::Scheduler::Schedule
        Properties:
          ScheduleExpression: rate(5 minutes)
          FlexibleTimeWindow: {Mode: "OFF"}
          Target: {Arn: "arn:aws:lambda:us-east-1:123456789012:function:f", RoleArn: !GetAtt R.Arn, DeadLetterConfig: {Arn: !GetAtt D.Arn}}
      D: {Type: AWS::SQS::Queue}
      R:
        Type: AWS::IAM::Role
        Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: scheduler.amazonaws.com}, Action: sts:AssumeRole}]}}
  EOT
}
