resource "aws_cloudformation_stack" "s" {
  name          = "s"
  capabilities  = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
  template_body = <<-T
    Transform: AWS::Serverless-2016-10-31
    Resources:
      Work:
        Type: AWS::SQS::Queue
      Handler:
        Type: AWS::Serverless::Function
        Properties:
          Handler: app.handler
          Runtime: python3.11
          CodeUri: s3://code/app.zip
          Events:
            Work:
              Type: SQS
              Properties: {Queue: !GetAtt Work.Arn}
  T
}
