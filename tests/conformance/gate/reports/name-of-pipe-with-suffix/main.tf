variable "environment_suffix" {
  type    = string
  default = "dev"
}

resource "aws_pipes_pipe" "p" {
  name     = "pipe-prices-${var.environment_suffix}"
  role_arn = "arn:aws:iam::111122223333:role/x"
  source   = "arn:aws:sqs:us-east-1:111122223333:a"
  target   = "arn:aws:sqs:us-east-1:111122223333:b"
}
