locals {
  text = file("${path.module}/p.json")
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = templatestring(local.text, { resource = "*" })
}
