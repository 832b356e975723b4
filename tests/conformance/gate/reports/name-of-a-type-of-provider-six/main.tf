variable "environment_suffix" {
  type = string
}
resource "aws_s3vectors_vector_bucket" "b" {
  vector_bucket_name = "feeds"
  force_destroy      = true
}
