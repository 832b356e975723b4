provider "aws" {
  region = "us-east-1"
}
resource "aws_s3vectors_vector_bucket" "b" {
  vector_bucket_name = "feeds"
  region             = "eu-west-1"
}
