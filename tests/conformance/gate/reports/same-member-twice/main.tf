resource "aws_iam_policy" "p" {
  name   = "p"
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Action": "s3:*", "Resource": "arn:aws:s3:::b/x"}]}
  EOT
}
