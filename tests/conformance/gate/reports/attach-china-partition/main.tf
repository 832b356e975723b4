resource "aws_iam_role_policy_attachment" "cn" {
  role       = "feed"
  policy_arn = "arn:aws-cn:iam::aws:policy/AmazonS3FullAccess"
}
