terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.replica] }
  }
}
resource "aws_s3_bucket" "copy" {
  provider      = aws.replica
  bucket        = "copy"
  force_destroy = true
}
