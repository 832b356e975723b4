resource "aws_s3_object_copy" "c" {
  bucket = "b"
  key    = "k"
  source = "a/k"
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
  }
}
