provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  region = "eu-west-1"
  alias  = "eu"
}
resource "aws_s3_bucket" "b" {
  provider = aws.eu
  bucket   = "b"
}
