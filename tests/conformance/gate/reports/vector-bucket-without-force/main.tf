resource "aws_s3vectors_vector_bucket" "b" {
  vector_bucket_name = "b"
  force_destroy      = false
}
