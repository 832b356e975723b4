resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      T:
        Type: AWS::DynamoDB::GlobalTable
        Properties:
          Replicas: [{Region: us-east-1}, {Region: eu-west-1}]
  EOT
}
