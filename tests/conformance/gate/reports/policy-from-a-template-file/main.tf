resource "aws_iam_policy" "desk" {
  name   = "desk"
  policy = templatefile("${path.module}/policies/desk.json.tftpl", { service = "s3", arns = ["arn:aws:s3:::acme-tapes"] })
}
