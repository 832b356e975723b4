resource "terraform_data" "settings" {
  input = { days = { audit = 5 } }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = terraform_data.settings.output.days["audit"]
}
