resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      B:
        Type: AWS::S3::Bucket
        Properties:
          NotificationConfiguration:
            LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !GetAtt F.Arn}]
      F:
        Type: AWS::Lambda::Function
        Properties: {Runtime: python3.11, Role: "arn:aws:iam::123456789012:role/r"}
  EOT
}
