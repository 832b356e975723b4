resource "aws_cloudformation_stack" "s" {
  name          = "s"
  capabilities  = ["CAPABILITY_AUTO_EXPAND"]
  template_body = <<-T
    Resources:
      Fn::Transform:
        Name: AWS::Include
        Parameters:
          Location: s3://templates/roles.yaml
      G:
        Type: AWS::Logs::LogGroup
        Properties: {RetentionInDays: 90}
  T
}
