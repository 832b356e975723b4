resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { for n, d in { A = 90, B = 7 } : "Logs${n}" => { Type = "AWS::Logs::LogGroup", Properties = { RetentionInDays = d } } } })
}
