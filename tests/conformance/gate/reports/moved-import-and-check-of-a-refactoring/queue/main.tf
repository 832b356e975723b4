variable "names" { type = set(string) }
resource "aws_sqs_queue" "this" {
  for_each = var.names
  name     = each.value
  lifecycle {
    create_before_destroy = true
    precondition {
      condition     = !endswith(each.value, ".fifo")
      error_message = "no fifo"
    }
  }
}
output "names" { value = keys(aws_sqs_queue.this) }
