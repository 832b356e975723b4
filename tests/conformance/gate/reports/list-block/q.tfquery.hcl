list "aws_instance" "all" {
  provider = aws
}
