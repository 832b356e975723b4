resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      V:
        Type: AWS::Backup::BackupVault
        Properties: {BackupVaultName: v, LockConfiguration: {MinRetentionDays: 7}}
  EOT
}
