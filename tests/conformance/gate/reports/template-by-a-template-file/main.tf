resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = templatefile("${path.module}/s.yaml", { days = 7 })
}
