variable "enabled" {
  type    = bool
  default = true
}
variable "backup_vault_force_destroy" {
  type    = bool
  default = false
}
resource "aws_backup_vault" "default" {
  count         = var.enabled ? 1 : 0
  name          = "v"
  force_destroy = var.backup_vault_force_destroy
}
