variable "key" {
  type = string
}

resource "aws_sqs_queue" "work" {
  name = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { StringEquals = { (var.key) = "o-a1b2c3d4e5" } }
    }]
  })
}
