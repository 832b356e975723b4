variable "name" {}
variable "redrive" {
  type    = any
  default = null
}
resource "aws_sqs_queue" "this" {
  name           = var.name
  redrive_policy = var.redrive == null ? null : jsonencode(var.redrive)
}
output "arn" { value = aws_sqs_queue.this.arn }
