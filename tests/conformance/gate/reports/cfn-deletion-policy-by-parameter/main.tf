resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Transform: AWS::LanguageExtensions
    Parameters: {Leave: {Type: String, Default: Retain}}
    Resources:
      Q:
        Type: AWS::SQS::Queue
        DeletionPolicy: !Ref Leave
  EOT
}
