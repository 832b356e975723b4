data "local_file" "p" {
  filename = "${path.module}/p.json"
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.local_file.p.content
}
