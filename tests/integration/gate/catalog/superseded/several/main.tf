# What checkov's checks find and no example of ours holds; each block is for the check that its name ends in.
data "aws_iam_policy_document" "ckv_1_49" {
  statement {
    effect    = "Allow"
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_sqs_queue_policy" "ckv_72_168_387" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/q"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "arn:aws:sqs:us-east-1:111122223333:q" }]
  })
}

resource "aws_sqs_queue_policy" "ckv_72" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/q"
  policy    = <<-EOT
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:sqs:us-east-1:111122223333:q"}
    ]}
  EOT
}

resource "aws_sqs_queue" "ckv_168_387" {
  name   = "q"
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
    ]}
  EOT
}

resource "aws_sns_topic_policy" "ckv_169_385" {
  arn    = "arn:aws:sns:us-east-1:111122223333:t"
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sns:Publish", "Resource": "arn:aws:sns:us-east-1:111122223333:t"}
    ]}
  EOT
}

resource "aws_dynamodb_table_replica" "ckv_271" {
  global_table_arn = "arn:aws:dynamodb:us-east-1:111122223333:table/t"
}

resource "aws_kms_key" "ckv_33" {
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}
    ]}
  EOT
}

resource "aws_lambda_function" "ckv_363" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/r"
  runtime       = "python3.6"
  handler       = "main.run"
  filename      = "f.zip"
}

resource "aws_s3_bucket_public_access_block" "ckv_53_54_55_56" {
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket" "b" {
  bucket = "b"
}

resource "aws_s3_bucket_policy" "ckv_70_379" {
  bucket = aws_s3_bucket.b.id
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
       "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    ]}
  EOT
}

resource "aws_sns_topic" "ckv_26" {
  name = "t"
}
