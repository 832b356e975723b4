resource "aws_cloudformation_stack" "s" {
  name          = "s"
  capabilities  = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
  template_body = file("${path.module}/template.yaml")
}
