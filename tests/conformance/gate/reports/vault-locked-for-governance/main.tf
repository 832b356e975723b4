resource "aws_backup_vault" "v" {
  name          = "v"
  force_destroy = true
}
resource "aws_backup_vault_lock_configuration" "l" {
  backup_vault_name  = aws_backup_vault.v.name
  min_retention_days = 7
}
