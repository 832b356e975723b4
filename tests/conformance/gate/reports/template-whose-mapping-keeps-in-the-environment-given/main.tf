variable "env" { default = "prod" }
resource "aws_cloudformation_stack" "s" {
  name          = "s"
  parameters    = { Env = var.env }
  template_body = <<-T
    Parameters:
      Env: {Type: String, Default: dev}
    Mappings:
      Days:
        dev: {Keep: 7}
        prod: {Keep: 365}
    Resources:
      G:
        Type: AWS::Logs::LogGroup
        Properties:
          RetentionInDays: !FindInMap [Days, !Ref Env, Keep]
  T
}
