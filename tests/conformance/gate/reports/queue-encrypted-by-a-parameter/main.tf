resource "aws_cloudformation_stack" "s" {
  name = "s"
  parameters = { Key = aws_kms_key.k.arn }
  template_body = <<-EOT
    Parameters:
      Key: {Type: String}
    Resources:
      Q:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: q
          KmsMasterKeyId: !Ref Key
  EOT
}
resource "aws_kms_key" "k" {}
