resource "aws_backup_vault_policy" "open" {
  backup_vault_name = "nightly"
  policy            = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "backup:CopyIntoBackupVault", Resource = "*" }] })
}
