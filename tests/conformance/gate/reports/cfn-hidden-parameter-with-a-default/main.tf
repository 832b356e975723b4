resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Parameters:
      Word: {Type: String, NoEcho: true, Default: Tr0ub4dor-and-3}
    Resources:
      Q: {Type: AWS::SQS::Queue}
  EOT
}
