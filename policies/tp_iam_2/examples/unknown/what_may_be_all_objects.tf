variable "bucket_arn" {
  type = string
}

data "aws_iam_policy_document" "objects" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${var.bucket_arn}/*"] # expect: unknown
  }
}
