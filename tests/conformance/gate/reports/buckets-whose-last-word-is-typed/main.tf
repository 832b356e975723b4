variable "environment_suffix" {
  default = "dev"
}


resource "aws_s3_bucket" "data" {
  bucket = "coverage-data-default"
}
