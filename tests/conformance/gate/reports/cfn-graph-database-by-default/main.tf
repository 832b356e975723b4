resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      C:
        Type: AWS::Neptune::DBCluster
        Properties: {StorageEncrypted: true}
  EOT
}
