resource "aws_cloudformation_stack" "store" {
  name          = "store"
  template_body = <<-YAML
    Resources:
      Tapes:
        Type: AWS::S3::Bucket
        DeletionPolicy: Retain
  YAML
}
