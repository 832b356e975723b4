resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { R = { Type = "AWS::S3::Bucket", Properties = { BucketName = "b", AccessControl = "PublicRead" } } } })
}
