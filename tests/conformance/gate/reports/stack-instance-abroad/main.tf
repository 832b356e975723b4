provider "aws" {
  region = "us-east-1"
}
resource "aws_cloudformation_stack_set_instance" "i" {
  stack_set_name            = "s"
  stack_set_instance_region = "eu-west-1"
}
