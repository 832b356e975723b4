resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      D:
        Type: AWS::RDS::DBInstance
        DeletionPolicy: Delete
        Properties: {MasterUserPassword: "{{resolve:secretsmanager:db:SecretString:password}}"}
  EOT
}
