resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Q:
        Type: AWS::SQS::Queue
      R:
        Type: AWS::Events::Rule
        Properties:
          EventPattern: {source: [feeds]}
  EOT
}
