variable "force_destroy" {
  type     = bool
  default  = false
  nullable = false
}

resource "aws_s3_bucket" "this" {
  bucket        = "acme-tapes"
  force_destroy = var.force_destroy
}
