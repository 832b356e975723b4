resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    # DeletionPolicy: Retain would leave it behind
    Resources:
      Q:
        Type: AWS::SQS::Queue # no DeletionPolicy: Retain here
  EOT
}
