variable "enabled" {
  type    = bool
  default = true
}
variable "vault_name" { default = "v" }
resource "aws_backup_vault" "default" {
  count = var.enabled ? 1 : 0
  name  = var.vault_name
}
