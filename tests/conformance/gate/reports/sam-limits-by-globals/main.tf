resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::Serverless-2016-10-31
    Globals:
      Function: {Timeout: 30, MemorySize: 512}
    Resources:
      F:
        Type: AWS::Serverless::Function
        Properties: {Handler: a.b, CodeUri: s3://b/k, Runtime: python3.11}
  EOT
}
