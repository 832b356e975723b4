data "aws_ssm_parameter" "datadog" {
  for_each = toset(["api", "app"])
  name     = "/datadog/${each.key}-key"
}
provider "datadog" {
  api_key = data.aws_ssm_parameter.datadog["api"].value
  app_key = data.aws_ssm_parameter.datadog["app"].value
}
