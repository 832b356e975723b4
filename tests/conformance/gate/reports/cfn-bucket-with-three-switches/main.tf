resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      B:
        Type: AWS::S3::Bucket
        Properties:
          PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: false}
      P:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref B
          PolicyDocument:
            Statement:
              - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: [!GetAtt B.Arn, !Sub "$${B.Arn}/*"], Condition: {Bool: {aws:SecureTransport: "false"}}}
  EOT
}
