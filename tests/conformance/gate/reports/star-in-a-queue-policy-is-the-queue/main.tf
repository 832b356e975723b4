resource "aws_sqs_queue" "work" {
  name = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/sender" }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}
