resource "aws_backup_vault_policy" "x" {
  backup_vault_name = "vault"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "backup:CopyIntoBackupVault", Resource = "*", Condition = { StringEquals = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5"] } } },
    ]
  })
}
