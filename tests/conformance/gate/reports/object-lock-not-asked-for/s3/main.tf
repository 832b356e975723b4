variable "create_bucket" { default = true }
variable "object_lock_enabled" { default = false }
variable "object_lock_configuration" {
  type    = any
  default = {}
}
resource "aws_s3_bucket" "this" {
  count               = var.create_bucket ? 1 : 0
  bucket              = "b"
  force_destroy       = true
  object_lock_enabled = var.object_lock_enabled
}
resource "aws_s3_bucket_object_lock_configuration" "this" {
  count  = var.create_bucket && var.object_lock_enabled && try(var.object_lock_configuration.rule.default_retention, null) != null ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  rule {
    default_retention {
      mode  = var.object_lock_configuration.rule.default_retention.mode
      days  = try(var.object_lock_configuration.rule.default_retention.days, null)
    }
  }
}
