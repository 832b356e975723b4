provider "aws" {
  region = "us-east-1"
}
resource "aws_cloudformation_stack_set" "s" {
  name          = "s"
  template_body = "{\"Resources\": {}}"
}
resource "aws_cloudformation_stack_instances" "i" {
  stack_set_name = aws_cloudformation_stack_set.s.name
  regions        = ["us-east-1", "eu-west-1"]
}
