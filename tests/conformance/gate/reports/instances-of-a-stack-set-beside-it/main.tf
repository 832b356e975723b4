resource "aws_cloudformation_stack_set" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { Logs = { Type = "AWS::Logs::LogGroup", Properties = { RetentionInDays = 90 } } } })
}
resource "aws_cloudformation_stack_set_instance" "i" {
  stack_set_name = aws_cloudformation_stack_set.s.name
}
