resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { R = { Type = "AWS::Backup::BackupVault", Properties = { BackupVaultName = "v", AccessPolicy = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "backup:CopyIntoBackupVault", Resource = "*" }] } } } } })
}
