resource "aws_s3_object" "o" {
  bucket = "b"
  key = "k"
  content = "<password>Tr4de-W1nd-t6BRmE</password>"
}
