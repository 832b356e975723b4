variable "role" { default = "arn:aws:iam::111122223333:role/pipes" }
resource "aws_pipes_pipe" "p" {
  name          = "p"
  role_arn      = var.role
  desired_state = "STOPPED"
  source        = "arn:aws:sqs:us-east-1:111122223333:a"
  target        = "arn:aws:sqs:us-east-1:111122223333:b"
}
