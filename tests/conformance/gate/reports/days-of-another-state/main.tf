data "terraform_remote_state" "s" {
  backend = "local"
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = data.terraform_remote_state.s.outputs.days
}
