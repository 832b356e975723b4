resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::Serverless-2016-10-31
    Resources:
      A: {Type: AWS::Serverless::Application, Properties: {Location: https://example.com/t.yaml}}
  EOT
}
