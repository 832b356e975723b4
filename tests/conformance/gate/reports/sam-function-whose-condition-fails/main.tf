resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::Serverless-2016-10-31
    Conditions:
      Never: !Equals [a, b]
    Resources:
      F:
        Type: AWS::Serverless::Function
        Condition: Never
        Properties: {Handler: a.b, CodeUri: s3://b/k, Runtime: python2.7}
  EOT
}
