resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::Serverless-2016-10-31
    Resources:
      A: {Type: AWS::Serverless::Api, Properties: {StageName: p, Auth: {ResourcePolicy: {IpRangeWhitelist: ["10.0.0.0/8"]}}}}
  EOT
}
