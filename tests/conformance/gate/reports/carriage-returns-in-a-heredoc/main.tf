resource "aws_iam_policy" "a" {
  name   = "a"
  policy = <<EOF
{"Version": "2012-10-17",
 "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a/b"}]}
EOF
}
