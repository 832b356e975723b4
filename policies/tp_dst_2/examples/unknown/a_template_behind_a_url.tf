# hashicorp/terraform-provider-aws#902: a template may lie in a bucket.
resource "aws_cloudformation_stack" "elsewhere" {
  name         = "stack-elsewhere"
  template_url = "https://templates.example.com/stack.yaml" # expect: unknown
}
