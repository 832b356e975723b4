variable "rules" {
  default = [{ mode = "GOVERNANCE", days = [30] }]
}
resource "aws_s3_bucket_object_lock_configuration" "this" {
  bucket = "b"
  dynamic "rule" {
    for_each = var.rules
    iterator = item
    content {
      dynamic "default_retention" {
        for_each = item.value.days
        iterator = item
        content {
          mode = "GOVERNANCE"
          days = item.value
        }
      }
    }
  }
}
