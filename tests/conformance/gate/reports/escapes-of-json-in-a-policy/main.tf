resource "aws_iam_policy" "p" {
  name   = "p"
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "\u0041llow", "Action": ["s3:\u002a"], "Resource": "arn:aws:s3:::b/x"}]}
  EOT
}
