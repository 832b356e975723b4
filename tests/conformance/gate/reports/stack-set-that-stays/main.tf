resource "aws_cloudformation_stack_set_instance" "guard" {
  stack_set_name = "guard"
  account_id     = "111122223333"
  retain_stack   = true
}
