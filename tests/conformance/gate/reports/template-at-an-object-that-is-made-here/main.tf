resource "aws_s3_object" "t" {
  bucket  = "templates"
  key     = "t.json"
  content = jsonencode({ Resources = { G = { Type = "AWS::Logs::LogGroup", Properties = { RetentionInDays = 1 } } } })
}
resource "aws_cloudformation_stack" "s" {
  name         = "s"
  template_url = "https://templates.s3.amazonaws.com/${aws_s3_object.t.key}"
}
