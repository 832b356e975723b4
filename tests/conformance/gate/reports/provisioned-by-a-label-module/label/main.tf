variable "enabled" {
  type    = bool
  default = null
}
variable "context" {
  type = any
}
locals {
  input   = { enabled = var.enabled == null ? var.context.enabled : var.enabled, tags = merge(var.context.tags, {}) }
  enabled = local.input.enabled
}
output "enabled" {
  value = local.enabled
}
