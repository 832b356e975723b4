resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = file("${path.module}/t.yaml")
  capabilities  = ["CAPABILITY_AUTO_EXPAND", "CAPABILITY_IAM"]
}
