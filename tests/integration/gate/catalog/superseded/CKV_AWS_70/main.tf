resource "aws_s3_bucket" "q" { bucket = "q" }
resource "aws_s3_bucket_policy" "string" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn }] })
}
resource "aws_s3_bucket_policy" "list" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = ["*"] }, Action = ["s3:GetObject"], Resource = aws_s3_bucket.q.arn }] })
}
resource "aws_s3_bucket_policy" "only_attributes" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:ListBucket", Resource = aws_s3_bucket.q.arn }] })
}
resource "aws_s3_bucket_policy" "other_resource" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::else" }] })
}
resource "aws_s3_bucket_policy" "heredoc" {
  bucket = aws_s3_bucket.q.id
  policy = <<EOF
{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"${aws_s3_bucket.q.arn}"}]}
EOF
}
resource "aws_s3_bucket_policy" "denied" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn }, { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = aws_s3_bucket.q.arn, Condition = { StringNotEquals = { "aws:PrincipalAccount" = "111122223333" } } }] })
}
resource "aws_s3_bucket_policy" "second" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn }, { Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:Put*", Resource = "*" }] })
}
resource "aws_s3_bucket" "own" {
  bucket = "own"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = "*" }] })
}
resource "aws_s3_bucket_policy" "source_arn_star" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn, Condition = { ArnLike = { "aws:SourceArn" = "*" } } }] })
}
resource "aws_s3_bucket_policy" "source_ip" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn, Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } } }] })
}
resource "aws_s3_bucket_policy" "tls" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn, Condition = { Bool = { "aws:SecureTransport" = "true" } } }] })
}
resource "aws_s3_bucket_policy" "not_principal" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", NotPrincipal = { AWS = "111122223333" }, Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn }] })
}
resource "aws_s3_bucket_policy" "source_account" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn, Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } } }] })
}
resource "aws_s3_bucket_policy" "source_ip_all" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn, Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } } }] })
}
resource "aws_s3_bucket_policy" "account_of_others" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::*:root" }, Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn }] })
}
resource "aws_s3_bucket_policy" "userid" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = aws_s3_bucket.q.arn, Condition = { StringLike = { "aws:userid" = "AROA*" } } }] })
}
resource "aws_s3_bucket_policy" "principal_arn_list" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { StringEquals = { "aws:PrincipalTag/team" = "x" } } }] })
}
resource "aws_s3_bucket_policy" "referer" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { StringLike = { "aws:Referer" = "https://example.com/*" } } }] })
}
resource "aws_s3_bucket_policy" "not_like" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { StringNotLike = { "aws:PrincipalOrgID" = "o-1" } } }] })
}
resource "aws_s3_bucket_policy" "all_arns" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/x" } } }] })
}
resource "aws_s3_bucket_policy" "secret_ua" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { StringEquals = { "aws:UserAgent" = "secret" } } }] })
}
resource "aws_s3_bucket_policy" "service_of_aws" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { Bool = { "aws:PrincipalIsAWSService" = "true" } } }] })
}
resource "aws_s3_bucket_policy" "acl_only" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" } } }] })
}
resource "aws_s3_bucket_policy" "existing_tag" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { StringEquals = { "s3:ExistingObjectTag/public" = "yes" } } }] })
}
resource "aws_s3_bucket_policy" "org_id_path" {
  bucket = aws_s3_bucket.q.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.q.arn}/*", Condition = { "ForAnyValue:StringLike" = { "aws:PrincipalOrgPaths" = "o-1234567890/*" } } }] })
}
