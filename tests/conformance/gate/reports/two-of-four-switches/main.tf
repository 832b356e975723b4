variable "env" {
  type    = list(string)
  default = ["env01", "env02"]
}

resource "aws_s3_bucket" "mine" {
  count  = length(var.env)
  bucket = "acme.${element(var.env, count.index)}"
}

resource "aws_s3_bucket_public_access_block" "mine" {
  count               = length(aws_s3_bucket.mine)
  bucket              = aws_s3_bucket.mine[count.index].id
  block_public_acls   = true
  block_public_policy = true
}
