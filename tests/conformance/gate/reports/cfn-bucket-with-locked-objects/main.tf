resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      B:
        Type: AWS::S3::Bucket
        Properties: {ObjectLockEnabled: true}
  EOT
}
