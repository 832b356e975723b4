resource "aws_s3_bucket" "b" { bucket = "b" }
module "guard" {
  source = "./guard"
  bucket = aws_s3_bucket.b.id
}
