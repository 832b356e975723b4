module "this" {
  source  = "./label"
  context = var.context
  enabled = var.enabled
}
variable "enabled" {
  type    = bool
  default = null
}
variable "context" {
  type    = any
  default = { enabled = false, tags = {} }
}
resource "aws_cloudwatch_log_group" "g" {
  count = module.this.enabled ? 1 : 0
  name  = "x"
}
