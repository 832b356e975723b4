resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = "{\"Resources\": {\"R\": {\"Type\": \"AWS::ECR::Repository\", \"Properties\": {\"RepositoryName\": \"r\"}}}}"
}
