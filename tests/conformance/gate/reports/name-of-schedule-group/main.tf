variable "environment_suffix" {
  type    = string
  default = "dev"
}

resource "aws_scheduler_schedule_group" "g" {
  name = "group-prices"
}
