data "template_file" "p" {
  template = file("${path.module}/p.json.tpl")
  vars = {
    resource = "*"
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.template_file.p.rendered
}
