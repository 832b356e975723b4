resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      C:
        Type: AWS::EKS::Cluster
        Properties: {DeletionProtection: true, RoleArn: r, ResourcesVpcConfig: {SubnetIds: [a]}}
  EOT
}
