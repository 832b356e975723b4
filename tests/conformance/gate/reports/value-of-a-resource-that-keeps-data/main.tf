resource "terraform_data" "d" {
  input = { days = 7 }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = terraform_data.d.output.days
}
