locals {
  wide = "${path.module}/wide.json"
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = fileexists(local.wide) ? file(local.wide) : file("${path.module}/narrow.json")
}
