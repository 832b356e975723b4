resource "aws_cloudformation_stack_set_instance" "i" {
  stack_set_name = "baseline"
}
