resource "aws_s3_bucket" "b" { bucket = "bucket-b" }
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
  }
  statement {
    actions = ["s3:ListBucket"]
    resources = [aws_s3_bucket.b.arn]
  }
}
resource "aws_iam_policy" "p" {
  name = "policy-p"
  policy = data.aws_iam_policy_document.d.json
}
