resource "aws_sqs_queue" "work" {
  name = "work"
  tags = merge(var.tags, tomap({
    Name = "work"
  )
}
