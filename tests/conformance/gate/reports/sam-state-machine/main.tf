resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::Serverless-2016-10-31
    Resources:
      M: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: s3://b/k}}
  EOT
}
