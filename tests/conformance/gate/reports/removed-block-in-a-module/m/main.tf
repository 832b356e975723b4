removed {
  from = aws_dynamodb_table.old
  lifecycle {
    destroy = false
  }
}
