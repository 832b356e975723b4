resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      D:
        Type: AWS::RDS::DBInstance
        DeletionPolicy: Delete
        Properties: {MasterUserPassword: "Tr0ub4dor-and-3-feeds"}
  EOT
}
