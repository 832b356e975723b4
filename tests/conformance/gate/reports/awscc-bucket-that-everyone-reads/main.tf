resource "awscc_s3_bucket" "b" {
  bucket_name    = "b"
  access_control = "PublicReadWrite"
}
