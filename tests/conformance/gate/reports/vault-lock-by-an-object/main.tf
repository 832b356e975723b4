variable "locked" { default = true }
variable "retention" {
  default = { min = 7, max = 120, cooling = 3 }
}
resource "aws_backup_vault" "v" {
  name          = "v"
  force_destroy = true
}
resource "aws_backup_vault_lock_configuration" "l" {
  count               = var.locked ? 1 : 0
  backup_vault_name   = aws_backup_vault.v.name
  min_retention_days  = var.retention.min
  max_retention_days  = var.retention.max
  changeable_for_days = var.retention.cooling
  lifecycle {
    precondition {
      condition     = var.retention.min < var.retention.max
      error_message = "min below max"
    }
  }
}
