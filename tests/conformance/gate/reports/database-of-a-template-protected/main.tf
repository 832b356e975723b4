resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Db:
        Type: AWS::RDS::DBCluster
        DeletionPolicy: Delete
        Properties: {Engine: aurora-postgresql, DeletionProtection: true}
  EOT
}
